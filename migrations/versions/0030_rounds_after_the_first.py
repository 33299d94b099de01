"""assignments of a later round are few, and found without looking at all others

Revision ID: 0030
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0027"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
AGAIN, IS_AGAIN = "ix_assignment_again", sa.text("round > 1")


def upgrade() -> None:
    op.create_index(AGAIN, "assignment", ["congress_id", "round"], sqlite_where=IS_AGAIN, postgresql_where=IS_AGAIN)


def downgrade() -> None:
    op.drop_index(AGAIN, "assignment")
