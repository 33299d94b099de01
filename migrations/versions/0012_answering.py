"""replies answer point by point, keep their versions, pass the body's leader; progress, records, changes of class

Revision ID: 0012
Revises: 0011
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refusal", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("legal_basis", sa.String(length=400), server_default="", nullable=False))
    for table, said in _of_a_reply().items():
        _hangs_on(table, "reply", said)
    _hangs_on(
        "progress_note",
        "assignment",
        [
            sa.Column("on", sa.Date(), nullable=False),
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("by_name", sa.String(length=60), nullable=False),
        ],
    )
    _hangs_on(
        "approval_rule",
        "body",
        [
            sa.Column("needed", sa.Boolean(), nullable=False),
            sa.Column("on", sa.Date(), nullable=False),
            sa.Column("by_name", sa.String(length=60), nullable=False),
        ],
    )
    op.create_table(
        "contact_record",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_record_contact_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_contact_record_file_id")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_contact_record")),
        sa.UniqueConstraint("file_id", name=op.f("uq_contact_record_file_id")),
    )


def _of_a_reply() -> dict[str, list[Any]]:
    """What hangs on a reply, table by table."""
    return {
        "reply_point": [
            sa.Column("place", sa.Integer(), nullable=False),
            sa.Column("request", sa.Text(), nullable=False),
            sa.Column("answer", sa.Text(), nullable=False),
            sa.Column("in_letter", sa.Boolean(), nullable=False),
        ],
        "reply_measure": [
            sa.Column("place", sa.Integer(), nullable=False),
            sa.Column("what", sa.String(length=500), nullable=False),
        ],
        "reply_version": [
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("kind", sa.String(length=40), nullable=False),
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("class_label", sa.String(length=20), nullable=False),
            sa.Column("facts", JSON, nullable=False),
            sa.Column("on", sa.Date(), nullable=False),
            sa.Column("by_name", sa.String(length=60), nullable=False),
        ],
        "approval": [
            sa.Column("passed_on", sa.Date(), nullable=False),
            sa.Column("passed_by", sa.String(length=60), nullable=False),
            sa.Column("approved", sa.Boolean(), nullable=True),
            sa.Column("taken_back", sa.Boolean(), nullable=False),
            sa.Column("decided_on", sa.Date(), nullable=True),
            sa.Column("decided_by", sa.String(length=60), nullable=False),
            sa.Column("remark", sa.Text(), nullable=False),
        ],
        "class_change": [
            sa.Column("was_label", sa.String(length=20), nullable=False),
            sa.Column("was_outcome", sa.String(length=40), nullable=True),
            sa.Column("label", sa.String(length=20), nullable=False),
            sa.Column("outcome", sa.String(length=40), nullable=True),
            sa.Column("reason", sa.Text(), nullable=False),
            sa.Column("on", sa.Date(), nullable=False),
            sa.Column("by_name", sa.String(length=60), nullable=False),
        ],
    }


def _hangs_on(table: str, owner: str, said: list[Any]) -> None:
    """A table whose rows belong to rows of another one."""
    key = f"{owner}_id"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(key, sa.Integer(), nullable=False),
        *said,
        sa.ForeignKeyConstraint([key], [f"{owner}.id"], name=op.f(f"fk_{table}_{key}")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_{key}"), [key], unique=False)


def downgrade() -> None:
    for table in ("contact_record", "approval_rule", "progress_note", *_of_a_reply()):
        op.drop_table(table)
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_column("legal_basis")
        batch_op.drop_column("refusal")
