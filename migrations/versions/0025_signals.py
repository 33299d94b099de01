"""signals, what bodies say to them, what was dismissed and chosen; replies that come from old ledgers are marked

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
OPEN, NOT_UNDONE = sa.text("cleared_on IS NULL"), sa.text("undone_on IS NULL")
ONLY_OPEN = {"sqlite_where": OPEN, "postgresql_where": OPEN}


def upgrade() -> None:
    _signals()
    _said()
    _choices()
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("from_ledger", sa.Boolean(), server_default=sa.false(), nullable=False))
    _mark_old_replies()


def _signals() -> None:
    op.create_table(
        "signal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.Column("cleared_why", sa.String(length=40), nullable=True),
        *(
            sa.ForeignKeyConstraint([f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_signal_{table}_id"))
            for table in ("congress", "suggestion", "assignment", "body")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
    )
    op.create_index("uq_signal_open", "signal", ["kind", "thing_id"], unique=True, **ONLY_OPEN)
    op.create_index("ix_signal_congress_id_kind", "signal", ["congress_id", "kind"], **ONLY_OPEN)
    op.create_index("ix_signal_suggestion_id", "signal", ["suggestion_id", "assignment_id"])
    op.create_index(op.f("ix_signal_assignment_id"), "signal", ["assignment_id"])
    op.create_index("ix_signal_body_id", "signal", ["body_id", "kind"], **ONLY_OPEN)
    op.create_index("ix_signal_congress_id_raised_on", "signal", ["congress_id", "raised_on"])


def _said() -> None:
    op.create_table(
        "signal_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=120), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_signal_answer_signal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_answer")),
    )
    op.create_index(op.f("ix_signal_answer_signal_id"), "signal_answer", ["signal_id"])
    op.create_table(
        "signal_dismissal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("undone_by", sa.String(length=60), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_signal_dismissal_signal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_dismissal")),
    )
    op.create_index(op.f("ix_signal_dismissal_signal_id"), "signal_dismissal", ["signal_id"])
    op.create_index(
        "uq_signal_dismissal_open",
        "signal_dismissal",
        ["signal_id"],
        unique=True,
        sqlite_where=NOT_UNDONE,
        postgresql_where=NOT_UNDONE,
    )


def _choices() -> None:
    op.create_table(
        "signal_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("thresholds", JSON, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_signal_choice_congress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_choice")),
    )
    op.create_index("ix_signal_choice_congress_id_kind", "signal_choice", ["congress_id", "kind"])
    op.create_table(
        "signal_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_mark")),
    )


def _mark_old_replies() -> None:
    reply = sa.table("reply", sa.column("assignment_id", sa.Integer), sa.column("from_ledger", sa.Boolean))
    entry = sa.table(
        "entry", sa.column("assignment_id", sa.Integer), sa.column("move", sa.String), sa.column("facts", JSON)
    )
    is_old = sa.and_(entry.c.move == "submit", entry.c.facts["source"].as_string() == "ledger")
    of_ledgers = sa.select(entry.c.assignment_id).where(is_old)
    op.execute(sa.update(reply).where(reply.c.assignment_id.in_(of_ledgers)).values(from_ledger=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_column("from_ledger")
    for table in ("signal_mark", "signal_choice", "signal_dismissal", "signal_answer", "signal"):
        op.drop_table(table)
