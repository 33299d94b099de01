"""how far the last night came that looked for signals

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    op.add_column("signal_mark", sa.Column("night_on", sa.Date(), nullable=True))
    for column in ("night_congress_id", "night_suggestion_id"):
        op.add_column("signal_mark", sa.Column(column, sa.Integer(), server_default="0", nullable=False))
    op.add_column("signal_mark", sa.Column("letters_due", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    for column in ("letters_due", "night_suggestion_id", "night_congress_id", "night_on"):
        op.execute(f"ALTER TABLE signal_mark DROP COLUMN {column}")
