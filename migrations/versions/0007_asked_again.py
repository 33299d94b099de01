"""an opinion is asked for again, an extension says whether it was asked late

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    with op.batch_alter_table("co_opinion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bounced_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("bounced_by", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("bounced_reason", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.add_column(sa.Column("was_due_on", sa.Date(), nullable=True))
