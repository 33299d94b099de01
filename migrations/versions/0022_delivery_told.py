"""why a letter stopped, how often it was put off, and where its answer goes

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
letter = sa.table("letter", *(sa.column(name) for name in ("state", "last_error", "uncertain", "doubts", "stopped")))


def upgrade() -> None:
    with op.batch_alter_table("congress", schema=None) as batch_op:
        batch_op.add_column(sa.Column("office_email", sa.String(length=254), nullable=True))
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reply_to", sa.String(length=254), server_default="", nullable=False))
        batch_op.add_column(sa.Column("refusals", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("doubts", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("stopped", sa.String(length=40), nullable=True))
    failed = letter.c.state == "failed"
    op.execute(sa.update(letter).where(failed).values(stopped="content"))
    op.execute(sa.update(letter).where(failed, letter.c.last_error.like("55%")).values(stopped="address"))
    op.execute(sa.update(letter).where(failed, letter.c.last_error.like("4%")).values(stopped="patience"))
    unreachable = sa.and_(letter.c.state == "kept", letter.c.last_error == "address")
    op.execute(sa.update(letter).where(unreachable).values(state="failed", stopped="address"))


def downgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        for column in ("stopped", "doubts", "refusals", "reply_to"):
            batch_op.drop_column(column)
    with op.batch_alter_table("congress", schema=None) as batch_op:
        batch_op.drop_column("office_email")
