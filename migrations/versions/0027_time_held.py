"""time held by each holder, and what bodies passed on, reckoned from the history

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
OVER, STILL = sa.text("since_on IS NULL"), sa.text("since_on IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=10), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("task", sa.String(length=20), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=True),
        *_keys("held", "congress", "meeting", "suggestion", "body"),
    )
    op.create_index("ix_held_suggestion_id", "held", ["suggestion_id"])
    op.create_index("ix_held_body_id", "held", ["body_id", "is_whole", "working_days", "id"])
    over = ["congress_id", "holder", "is_whole", "working_days", "id"]
    op.create_index("ix_held_over", "held", over, sqlite_where=OVER, postgresql_where=OVER)
    still = ["congress_id", "holder", "since_on", "body_id", "task", "is_whole", "meeting_id", "working_days", "days"]
    op.create_index("ix_held_still", "held", [*still, "id"], sqlite_where=STILL, postgresql_where=STILL)
    op.create_table(
        "held_tally",
        sa.Column("congress_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("holder", sa.String(length=10), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("task", sa.String(length=20), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("stays", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "congress_id",
            "meeting_id",
            "holder",
            "body_id",
            "task",
            "is_whole",
            "working_days",
            name=op.f("pk_held_tally"),
        ),
    )
    op.create_table(
        "passed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("from_body_id", sa.Integer(), nullable=False),
        sa.Column("to_body_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["assignment.id"], name=op.f("fk_passed_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["assignment.id"], name=op.f("fk_passed_to_id")),
        sa.ForeignKeyConstraint(["from_body_id"], ["body.id"], name=op.f("fk_passed_from_body_id")),
        sa.ForeignKeyConstraint(["to_body_id"], ["body.id"], name=op.f("fk_passed_to_body_id")),
        *_keys("passed", "congress", "meeting", "suggestion"),
    )
    op.create_index("ix_passed_suggestion_id", "passed", ["suggestion_id"])
    op.create_index("ix_passed_congress_id", "passed", ["congress_id", "from_body_id", "to_body_id"])
    op.create_table(
        "held_reckoned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calendars", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_reckoned")),
    )


def downgrade() -> None:
    for table in ("held_reckoned", "passed", "held_tally", "held"):
        op.drop_table(table)


def _keys(table: str, *others: str) -> list[sa.Constraint]:
    to_others = [
        sa.ForeignKeyConstraint([f"{one}_id"], [f"{one}.id"], name=op.f(f"fk_{table}_{one}_id")) for one in others
    ]
    return [*to_others, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]
