"""suggestions that several bodies answer are counted without looking up all assignments

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
SHARED = "ix_assignment_shared"
IS_SHARED = sa.text(
    "part IN ('joint', 'separate') AND standing IN ('assigned', 'received', 'return_asked', 'submitted')"
)


def upgrade() -> None:
    op.create_index(
        SHARED,
        "assignment",
        ["congress_id", "id", "suggestion_id"],
        sqlite_where=IS_SHARED,
        postgresql_where=IS_SHARED,
    )


def downgrade() -> None:
    op.drop_index(SHARED, "assignment")
