"""the desk finds what waits along an index of its own

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
IS_OPEN = sa.text("met_on IS NULL AND voided_on IS NULL")
IS_SILENT = sa.text("answer IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_deadline_open_kind",
        "deadline",
        ["congress_id", "kind", "due_on"],
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_index(
        "ix_co_signing_silent", "co_signing", ["suggestion_id"], sqlite_where=IS_SILENT, postgresql_where=IS_SILENT
    )
    op.create_index("ix_alarm_congress_id_step", "alarm", ["congress_id", "step"])
    op.create_index(op.f("ix_rating_on"), "rating", ["on"])
    op.create_index("ix_assignment_waits", "assignment", ["congress_id", "standing", "body_id", "suggestion_id"])
    op.drop_index("ix_assignment_congress_id_standing", "assignment")


def downgrade() -> None:
    op.create_index("ix_assignment_congress_id_standing", "assignment", ["congress_id", "standing"])
    op.drop_index("ix_assignment_waits", "assignment")
    op.drop_index(op.f("ix_rating_on"), "rating")
    op.drop_index("ix_alarm_congress_id_step", "alarm")
    op.drop_index("ix_co_signing_silent", "co_signing")
    op.drop_index("ix_deadline_open_kind", "deadline")
