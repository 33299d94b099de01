"""promises judged and asked about, key items, inspections, instructions, remarks

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    _judged()
    _asked()
    _supervised()
    _instructed()
    _said()


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


def _asked() -> None:
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


def _supervised() -> None:
    op.create_table(
        "key_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("meeting", sa.String(length=120), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("leader", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["body.id"], name=op.f("fk_key_item_committee_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_key_item_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_item")),
    )
    with op.batch_alter_table("key_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_key_item_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_key_item_suggestion_id"), ["suggestion_id"], unique=False)
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("people", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_inspection_body_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_inspection_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inspection_suggestion_id"), ["suggestion_id"], unique=False)
    op.create_table(
        "inspection_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_inspection_file_file_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_file_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_file")),
        sa.UniqueConstraint("file_id", name=op.f("uq_inspection_file_file_id")),
    )
    with op.batch_alter_table("inspection_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_file_inspection_id"), ["inspection_id"], unique=False)


def _instructed() -> None:
    op.create_table(
        "instruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("leader", sa.String(length=60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("bulletin", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_instruction_congress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction")),
    )
    with op.batch_alter_table("instruction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instruction_congress_id"), ["congress_id"], unique=False)
    op.create_table(
        "instruction_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instruction_id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_instruction_duty_assignment_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_instruction_duty_body_id")),
        sa.ForeignKeyConstraint(
            ["instruction_id"], ["instruction.id"], name=op.f("fk_instruction_duty_instruction_id")
        ),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_instruction_duty_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction_duty")),
    )
    with op.batch_alter_table("instruction_duty", schema=None) as batch_op:
        for name in ("assignment_id", "body_id", "instruction_id", "suggestion_id"):
            batch_op.create_index(batch_op.f(f"ix_instruction_duty_{name}"), [name], unique=False)


def _said() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("to_office", sa.Boolean(), nullable=False),
        sa.Column("to_body_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=60), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=60), nullable=False),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_remark_body_id")),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_remark_congress_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_remark_suggestion_id")),
        sa.ForeignKeyConstraint(["to_body_id"], ["body.id"], name=op.f("fk_remark_to_body_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_remark_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    with op.batch_alter_table("remark", schema=None) as batch_op:
        for name in ("congress_id", "suggestion_id", "to_body_id"):
            batch_op.create_index(batch_op.f(f"ix_remark_{name}"), [name], unique=False)
