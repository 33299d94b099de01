"""suggestions of the same matter are linked, bodies are advised and the advice is measured

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
NOT_UNDONE = sa.text("undone_on IS NULL")


def upgrade() -> None:
    op.create_table(
        "same_matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("undone_by", sa.String(length=60), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["suggestion.id"], name=op.f("fk_same_matter_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["suggestion.id"], name=op.f("fk_same_matter_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_matter")),
    )
    with op.batch_alter_table("same_matter", schema=None) as batch_op:
        batch_op.create_index(
            "ix_same_matter_one_id_other_id",
            ["one_id", "other_id"],
            unique=True,
            sqlite_where=NOT_UNDONE,
            postgresql_where=NOT_UNDONE,
        )
        batch_op.create_index(batch_op.f("ix_same_matter_other_id"), ["other_id"], unique=False)

    op.create_table(
        "advice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("alike", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_advice_body_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_advice_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
        sa.UniqueConstraint("suggestion_id", "place", name=op.f("uq_advice_suggestion_id_place")),
    )
    with op.batch_alter_table("advice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_advice_body_id"), ["body_id"], unique=False)

    op.create_table(
        "advice_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("advised", sa.Integer(), nullable=False),
        sa.Column("first_right", sa.Integer(), nullable=False),
        sa.Column("among_right", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_advice_measure_congress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_measure")),
    )
    with op.batch_alter_table("advice_measure", schema=None) as batch_op:
        batch_op.create_index("ix_advice_measure_congress_id_on", ["congress_id", "on"], unique=False)


def downgrade() -> None:
    op.drop_table("advice_measure")
    op.drop_table("advice")
    op.drop_table("same_matter")
