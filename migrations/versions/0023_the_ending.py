"""the other lead refuses with a reason, shared mailboxes and the code of an office

Revision ID: 0023
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    with op.batch_alter_table("lead_agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refused_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("refused_by", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "body_code",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_code_body_id")),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_body_code")),
    )


def downgrade() -> None:
    op.drop_table("body_code")
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.drop_column("shared")
    with op.batch_alter_table("lead_agreement", schema=None) as batch_op:
        for name in ("reason", "refused_by", "refused_on"):
            batch_op.drop_column(name)
