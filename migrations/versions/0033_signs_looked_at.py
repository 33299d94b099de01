"""which signals the office and the bodies have looked at; open signals are counted in one index

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
OPEN = sa.text("cleared_on IS NULL")
ONLY_OPEN = {"sqlite_where": OPEN, "postgresql_where": OPEN}


def upgrade() -> None:
    op.create_table(
        "signal_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        *(
            sa.ForeignKeyConstraint([f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_signal_look_{table}_id"))
            for table in ("congress", "body", "signal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_look")),
    )
    op.create_index("ix_signal_look_congress_id_body_id", "signal_look", ["congress_id", "body_id", "signal_id"])
    op.drop_index("ix_signal_congress_id_kind", "signal")
    counted = ["congress_id", "kind", "suggestion_id", "assignment_id"]
    op.create_index("ix_signal_congress_id_kind", "signal", counted, **ONLY_OPEN)


def downgrade() -> None:
    op.drop_index("ix_signal_congress_id_kind", "signal")
    op.create_index("ix_signal_congress_id_kind", "signal", ["congress_id", "kind"], **ONLY_OPEN)
    op.drop_index("ix_signal_look_congress_id_body_id", "signal_look")
    op.drop_table("signal_look")
