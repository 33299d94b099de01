"""the answers a body owes stand in the order of its inbox

Revision ID: 0044
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0041"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
OWED = "ix_deadline_owed"
IS_OWED = sa.text("met_on IS NULL AND voided_on IS NULL AND kind IN ('reply', 'rehandle', 'co_opinion')")


def upgrade() -> None:
    columns = ["holder_body_id", "due_on", "assignment_id", "id"]
    op.create_index(OWED, "deadline", columns, sqlite_where=IS_OWED, postgresql_where=IS_OWED)


def downgrade() -> None:
    op.drop_index(OWED, "deadline")
