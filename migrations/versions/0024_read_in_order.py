"""the newest suggestions, an inbox and the clocks of an assignment are found in indexes alone

Revision ID: 0024
Revises: 0017
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
NEWEST, CLOCKS, LIVE = "ix_suggestion_congress_id_recorded_on", "ix_deadline_assignment_id", "ix_assignment_live"
IS_LIVE = sa.text("standing IN ('assigned', 'received', 'return_asked', 'submitted')")
ONLY_LIVE = {"sqlite_where": IS_LIVE, "postgresql_where": IS_LIVE}


def upgrade() -> None:
    _instead(NEWEST, "suggestion", "congress_id", "recorded_on", "id")
    _instead(CLOCKS, "deadline", "assignment_id", "kind", "voided_on", "met_on", "due_on", "id")
    _instead(LIVE, "assignment", "congress_id", "body_id", "standing", "id", **ONLY_LIVE)


def downgrade() -> None:
    _instead(LIVE, "assignment", "congress_id", "body_id", **ONLY_LIVE)
    _instead(CLOCKS, "deadline", "assignment_id")
    _instead(NEWEST, "suggestion", "congress_id", "recorded_on")


def _instead(name: str, table: str, *columns: str, **where: Any) -> None:
    op.drop_index(name, table)
    op.create_index(name, table, list(columns), **where)
