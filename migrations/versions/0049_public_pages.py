"""what stands on the public pages

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    op.create_table(
        "public_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("deputies", sa.String(length=300), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("shown_by", sa.String(length=60), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=60), nullable=False),
        sa.Column("ended_reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_public_page_congress_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_public_page_reply_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_page")),
    )
    running = {"sqlite_where": sa.text("ended_on IS NULL"), "postgresql_where": sa.text("ended_on IS NULL")}
    op.create_index("ix_public_page_reply_id", "public_page", ["reply_id"], unique=True, **running)
    op.create_index("ix_public_page_congress_id", "public_page", ["congress_id", "id"])


def downgrade() -> None:
    op.drop_table("public_page")
