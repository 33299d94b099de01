"""lists kept under a name, and the one a person's day begins with

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "named_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_named_view_congress_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_named_view_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_view")),
        sa.UniqueConstraint("user_id", "page", "name", name=op.f("uq_named_view_user_id_page_name")),
    )
    with op.batch_alter_table("named_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_named_view_congress_id"), ["congress_id"], unique=False)

    op.create_table(
        "start_view",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_start_view_user_id")),
        sa.ForeignKeyConstraint(["view_id"], ["named_view.id"], name=op.f("fk_start_view_view_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_start_view")),
    )
    with op.batch_alter_table("start_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_start_view_view_id"), ["view_id"], unique=False)


def downgrade() -> None:
    op.drop_table("start_view")
    op.drop_table("named_view")
