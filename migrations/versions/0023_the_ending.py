"""the other lead refuses with a reason

Revision ID: 0023
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    with op.batch_alter_table("lead_agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refused_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("refused_by", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("lead_agreement", schema=None) as batch_op:
        for name in ("reason", "refused_by", "refused_on"):
            batch_op.drop_column(name)
