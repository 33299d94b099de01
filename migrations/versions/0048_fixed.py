"""replies, ratings and files are fixed in the sealed trail

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    op.create_table(
        "fixed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("trace_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_fixed_suggestion_id")),
        sa.ForeignKeyConstraint(["trace_id"], ["trace.id"], name=op.f("fk_fixed_trace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fixed")),
        sa.UniqueConstraint("kind", "thing_id", name=op.f("uq_fixed_kind_thing_id")),
    )
    for column in ("suggestion_id", "trace_id"):
        op.create_index(op.f(f"ix_fixed_{column}"), "fixed", [column])


def downgrade() -> None:
    op.drop_table("fixed")
