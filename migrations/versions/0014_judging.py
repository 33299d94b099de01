"""each deputy is reached, ratings have versions with reasons and scans, the office studies who is dissatisfied

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
NOT_REACHED = sa.text('"on" IS NULL')
delivery = sa.table("delivery", sa.column("released_on", sa.Date), sa.column("on", sa.Date))


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("released_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("note", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("letter_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("lost_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("lost_why", sa.String(length=300), server_default="", nullable=False))
        batch_op.alter_column("on", existing_type=sa.Date(), nullable=True)
        batch_op.create_foreign_key(batch_op.f("fk_delivery_letter_id"), "letter", ["letter_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_delivery_letter_id"), ["letter_id"], unique=False)
    op.execute(sa.update(delivery).values(released_on=delivery.c.on))
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.alter_column("released_on", existing_type=sa.Date(), nullable=False)
        batch_op.create_index(
            "ix_delivery_open", ["reply_id"], unique=False, sqlite_where=NOT_REACHED, postgresql_where=NOT_REACHED
        )

    with op.batch_alter_table("rating", schema=None) as batch_op:
        for aspect in ("contact", "answer", "overall"):
            batch_op.add_column(sa.Column(aspect, sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("scan_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_rating_scan_id"), "file", ["scan_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_rating_scan_id"), ["scan_id"], unique=False)

    op.create_table(
        "study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("finding", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("kept_by", sa.String(length=60), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_study_rating_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study")),
    )
    with op.batch_alter_table("study", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_rating_id"), ["rating_id"], unique=False)


def downgrade() -> None:
    op.drop_table("study")
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_scan_id"))
        batch_op.drop_constraint(batch_op.f("fk_rating_scan_id"), type_="foreignkey")
        for column in ("contact", "answer", "overall", "reason", "scan_id"):
            batch_op.drop_column(column)
    op.execute(sa.update(delivery).where(delivery.c.on.is_(None)).values(on=delivery.c.released_on))
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_open")
        batch_op.drop_index(batch_op.f("ix_delivery_letter_id"))
        batch_op.drop_constraint(batch_op.f("fk_delivery_letter_id"), type_="foreignkey")
        batch_op.alter_column("on", existing_type=sa.Date(), nullable=False)
        for column in ("released_on", "note", "letter_id", "lost_on", "lost_why"):
            batch_op.drop_column(column)
