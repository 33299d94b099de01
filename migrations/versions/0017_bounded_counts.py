"""what a desk counts is found in indexes alone

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
IS_OPEN = sa.text("met_on IS NULL AND voided_on IS NULL")
IS_LIVE = sa.text("standing IN ('assigned', 'received', 'return_asked', 'submitted')")


def upgrade() -> None:
    op.drop_index("ix_deadline_open_kind", "deadline")
    op.drop_index("ix_deadline_open", "deadline")
    _index_open("ix_deadline_open", "congress_id", "due_on", "id", "kind")
    _index_open("ix_deadline_open_kind", "congress_id", "kind", "due_on", "assignment_id")
    op.create_index(
        "ix_assignment_live",
        "assignment",
        ["congress_id", "body_id"],
        sqlite_where=IS_LIVE,
        postgresql_where=IS_LIVE,
    )


def downgrade() -> None:
    op.drop_index("ix_assignment_live", "assignment")
    op.drop_index("ix_deadline_open_kind", "deadline")
    op.drop_index("ix_deadline_open", "deadline")
    _index_open("ix_deadline_open", "congress_id", "due_on")
    _index_open("ix_deadline_open_kind", "congress_id", "kind", "due_on")


def _index_open(name: str, *columns: str) -> None:
    op.create_index(name, "deadline", list(columns), sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
