"""what is open or promised is counted in indexes alone, and what is internal or key is found without reading all

Revision ID: 0028
Revises: 0027
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
OPEN = "ix_deadline_open_kind"
BEFORE = ("congress_id", "kind", "due_on", "assignment_id")
IS_OPEN = sa.text("met_on IS NULL AND voided_on IS NULL")
ONLY_OPEN = {"sqlite_where": IS_OPEN, "postgresql_where": IS_OPEN}
PROMISED = "ix_deadline_promised"
PROMISE = ("congress_id", "due_on", "promise_id", "original_due_on", "met_on", "voided_on")
IS_PROMISED = sa.text("promise_id IS NOT NULL")
ONLY_PROMISES = {"sqlite_where": IS_PROMISED, "postgresql_where": IS_PROMISED}
MARKS = ("internal", "key")


def upgrade() -> None:
    _instead(OPEN, "deadline", *BEFORE, "original_due_on", "rule_set_id", **ONLY_OPEN)
    op.create_index(PROMISED, "deadline", list(PROMISE), **ONLY_PROMISES)
    for mark in MARKS:
        where = {"sqlite_where": sa.text(f"{mark} IS 1"), "postgresql_where": sa.text(f"{mark} IS true")}
        op.create_index(f"ix_suggestion_{mark}", "suggestion", ["congress_id", "id"], **where)


def downgrade() -> None:
    for mark in MARKS:
        op.drop_index(f"ix_suggestion_{mark}", "suggestion")
    op.drop_index(PROMISED, "deadline")
    _instead(OPEN, "deadline", *BEFORE, **ONLY_OPEN)


def _instead(name: str, table: str, *columns: str, **where: Any) -> None:
    op.drop_index(name, table)
    op.create_index(name, table, list(columns), **where)
