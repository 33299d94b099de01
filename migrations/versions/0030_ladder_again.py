"""later rounds are found without looking at all; bodies are reminded of notices they did not answer

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
AGAIN, IS_AGAIN = "ix_assignment_again", sa.text("round > 1")


def upgrade() -> None:
    op.create_index(AGAIN, "assignment", ["congress_id", "round"], sqlite_where=IS_AGAIN, postgresql_where=IS_AGAIN)

    op.create_table(
        "overdue_notice",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_overdue_notice_notice_id"),
        sa.PrimaryKeyConstraint("notice_id", name="pk_overdue_notice"),
    )


def downgrade() -> None:
    op.drop_table("overdue_notice")
    op.drop_index(AGAIN, "assignment")
