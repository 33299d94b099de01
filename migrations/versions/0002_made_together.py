"""co-signers confirm, joint withdrawals are agreed to, suggestions are merged

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
NOT_UNDONE = sa.text("undone_on IS NULL")


def upgrade() -> None:
    op.create_table(
        "co_signing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        *_answered(),
        sa.ForeignKeyConstraint(["deputy_id"], ["deputy.id"], name=op.f("fk_co_signing_deputy_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_co_signing_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_signing")),
        sa.UniqueConstraint("suggestion_id", "deputy_id", name=op.f("uq_co_signing_suggestion_id_deputy_id")),
    )
    with op.batch_alter_table("co_signing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_co_signing_deputy_id"), ["deputy_id"], unique=False)

    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_withdrawal_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
    )
    with op.batch_alter_table("withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withdrawal_suggestion_id"), ["suggestion_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("withdrawal_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        *_answered(),
        sa.ForeignKeyConstraint(["deputy_id"], ["deputy.id"], name=op.f("fk_agreement_deputy_id")),
        sa.ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"], name=op.f("fk_agreement_withdrawal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("withdrawal_id", "deputy_id", name=op.f("uq_agreement_withdrawal_id_deputy_id")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_deputy_id"), ["deputy_id"], unique=False)

    op.create_table(
        "merger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("undone_by", sa.String(length=60), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["into_id"], ["suggestion.id"], name=op.f("fk_merger_into_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_merger_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merger")),
    )
    with op.batch_alter_table("merger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merger_into_id"), ["into_id"], unique=False)
        batch_op.create_index(
            "ix_merger_suggestion_id",
            ["suggestion_id"],
            unique=True,
            sqlite_where=NOT_UNDONE,
            postgresql_where=NOT_UNDONE,
        )

    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("suggestion_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_link_suggestion_id"), "suggestion", ["suggestion_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_link_suggestion_id"), ["suggestion_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_suggestion_id"))
        batch_op.drop_constraint(batch_op.f("fk_link_suggestion_id"), type_="foreignkey")
        batch_op.drop_column("suggestion_id")

    op.drop_table("merger")
    op.drop_table("agreement")
    op.drop_table("withdrawal")
    op.drop_table("co_signing")


def _answered() -> list[sa.Column]:
    return [
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("entered_by", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    ]
