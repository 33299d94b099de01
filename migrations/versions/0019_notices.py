"""supervision notices, their answers, and what meetings decided of listed items

Revision ID: 0019
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    _notices()
    _items()
    _answers()
    _decisions()
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notice_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_link_notice_id"), ["notice_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_link_notice_id"), "notice", ["notice_id"], ["id"])


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("copies_to", sa.String(length=200), nullable=False),
        sa.Column("answer_by_on", sa.Date(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("drafted_by", sa.String(length=60), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("addressee", sa.String(length=120), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("found_by", sa.String(length=60), nullable=False),
        sa.Column("found_note", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=60), nullable=False),
        sa.Column("ended_why", sa.String(length=40), nullable=True),
        sa.Column("ended_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_notice_congress_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_notice_body_id")),
        sa.ForeignKeyConstraint(["before_id"], ["notice.id"], name=op.f("fk_notice_before_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "congress_id", "kind", "year", "number", name=op.f("uq_notice_congress_id_kind_year_number")
        ),
    )
    op.create_index(op.f("ix_notice_body_id"), "notice", ["body_id"])
    op.create_index(op.f("ix_notice_before_id"), "notice", ["before_id"])
    op.create_index("ix_notice_congress_id_issued_on", "notice", ["congress_id", "issued_on"])


def _items() -> None:
    op.create_table(
        "notice_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("alarm_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("record", JSON, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_item_notice_id")),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarm.id"], name=op.f("fk_notice_item_alarm_id")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_notice_item_assignment_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_notice_item_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_item")),
        sa.UniqueConstraint("notice_id", "alarm_id", name=op.f("uq_notice_item_notice_id_alarm_id")),
    )
    for column in ("alarm_id", "assignment_id", "suggestion_id"):
        op.create_index(op.f(f"ix_notice_item_{column}"), "notice_item", [column])


def _answers() -> None:
    op.create_table(
        "notice_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_answer_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_answer")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_notice_answer_notice_id")),
    )
    op.create_table(
        "notice_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["notice_answer.id"], name=op.f("fk_notice_file_answer_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_notice_file_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_file")),
        sa.UniqueConstraint("file_id", name=op.f("uq_notice_file_file_id")),
    )
    op.create_index(op.f("ix_notice_file_answer_id"), "notice_file", ["answer_id"])


def _decisions() -> None:
    op.create_table(
        "meeting_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("meeting", sa.String(length=120), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_meeting_decision_congress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_decision")),
    )
    op.create_index(op.f("ix_meeting_decision_congress_id"), "meeting_decision", ["congress_id"])
    parents = {
        "decision_id": "meeting_decision",
        "alarm_id": "alarm",
        "assignment_id": "assignment",
        "suggestion_id": "suggestion",
        "body_id": "body",
    }
    op.create_table(
        "decided_item",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in parents),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_decided_item_{name}"))
            for name, table in parents.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decided_item")),
        sa.UniqueConstraint("alarm_id", name=op.f("uq_decided_item_alarm_id")),
    )
    for column in ("decision_id", "assignment_id", "suggestion_id", "body_id"):
        op.create_index(op.f(f"ix_decided_item_{column}"), "decided_item", [column])


def downgrade() -> None:
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_link_notice_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_link_notice_id"))
        batch_op.drop_column("notice_id")
    for table in ("decided_item", "meeting_decision", "notice_file", "notice_answer", "notice_item", "notice"):
        op.drop_table(table)
