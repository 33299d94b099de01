"""promises judged and asked about, key items, inspections, instructions, remarks

Revision ID: 0015
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0010"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    _judged()


def _judged() -> None:
    with op.batch_alter_table("promise_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("to_be_judged", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "promise_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_promise_evidence_file_id")),
        sa.ForeignKeyConstraint(["report_id"], ["promise_report.id"], name=op.f("fk_promise_evidence_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_evidence")),
        sa.UniqueConstraint("file_id", name=op.f("uq_promise_evidence_file_id")),
    )
    with op.batch_alter_table("promise_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_evidence_report_id"), ["report_id"], unique=False)
    op.create_table(
        "promise_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("entered_by", sa.String(length=60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("counts_as_kept", sa.Boolean(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deputy_id"], ["deputy.id"], name=op.f("fk_promise_judgement_deputy_id")),
        sa.ForeignKeyConstraint(["report_id"], ["promise_report.id"], name=op.f("fk_promise_judgement_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_judgement")),
        sa.UniqueConstraint("report_id", "deputy_id", name=op.f("uq_promise_judgement_report_id_deputy_id")),
    )
    with op.batch_alter_table("promise_judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_judgement_deputy_id"), ["deputy_id"], unique=False)
    op.create_table(
        "yearly_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["promise_id"], ["promise.id"], name=op.f("fk_yearly_question_promise_id")),
        sa.ForeignKeyConstraint(["report_id"], ["promise_report.id"], name=op.f("fk_yearly_question_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_question")),
        sa.UniqueConstraint("promise_id", "year", name=op.f("uq_yearly_question_promise_id_year")),
    )
    with op.batch_alter_table("yearly_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_yearly_question_report_id"), ["report_id"], unique=False)
    op.create_table(
        "following_choice",
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("receipts_month", sa.Integer(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("chosen_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_following_choice_congress_id")),
        sa.PrimaryKeyConstraint("congress_id", name=op.f("pk_following_choice")),
    )
