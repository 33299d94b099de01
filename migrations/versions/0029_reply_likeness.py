"""which replies are nearly equal to which, which have been compared, and by what they are looked up

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    op.create_table(
        "reply_likeness",
        sa.Column("reply_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["reply.id"], name=op.f("fk_reply_likeness_other_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_reply_likeness_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", "other_id", name=op.f("pk_reply_likeness")),
    )
    op.create_index("ix_reply_likeness_other_id", "reply_likeness", ["other_id"])
    op.create_table(
        "reply_compared",
        sa.Column("reply_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_reply_compared_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_reply_compared")),
    )
    op.create_table(
        "reply_mark",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reply_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_reply_mark_reply_id")),
        sa.PrimaryKeyConstraint("mark", "reply_id", name=op.f("pk_reply_mark")),
    )
    op.create_index("ix_reply_mark_reply_id", "reply_mark", ["reply_id"])


def downgrade() -> None:
    op.drop_table("reply_mark")
    op.drop_table("reply_compared")
    op.drop_table("reply_likeness")
