"""how the bulletin reaches people: when, in which weeks not, held back, by which channel, with what enclosed

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    _reached()
    _when()
    _held()
    _enclosed()


def _reached() -> None:
    with op.batch_alter_table("reader", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(length=20), server_default="mail", nullable=False))
        batch_op.add_column(sa.Column("via_body_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("shared_with_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_reader_via_body_id"), "body", ["via_body_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_reader_shared_with_id"), "reader", ["shared_with_id"], ["id"])
        batch_op.create_index("ix_reader_shared_with_id", ["shared_with_id"], unique=False)
    op.create_table(
        "handing",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("to_name", sa.String(length=60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_handing_reader_id")),
        sa.PrimaryKeyConstraint("reader_id", name=op.f("pk_handing")),
    )


def _when() -> None:
    op.create_table(
        "habit",
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("working_day", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_habit_congress_id")),
        sa.PrimaryKeyConstraint("congress_id", name=op.f("pk_habit")),
    )
    op.create_table(
        "reading",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("rhythm", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_reading_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_reading")),
    )


def _held() -> None:
    op.create_table(
        "quiet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("from_week", sa.String(length=8), nullable=False),
        sa.Column("until_week", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(length=60), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_quiet_congress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet")),
    )
    op.create_index("ix_quiet_congress_id", "quiet", ["congress_id", "until_week"], unique=False)
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.String(length=40), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=60), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f("fk_hold_congress_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("congress_id", "week", name=op.f("uq_hold_congress_id_week")),
    )


def _enclosed() -> None:
    op.create_table(
        "enclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enclosure")),
        sa.UniqueConstraint("key", name=op.f("uq_enclosure_key")),
    )
    op.create_table(
        "letter_enclosure",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("enclosure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enclosure_id"], ["enclosure.id"], name=op.f("fk_letter_enclosure_enclosure_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_enclosure_letter_id")),
        sa.PrimaryKeyConstraint("letter_id", "enclosure_id", name=op.f("pk_letter_enclosure")),
    )
    op.create_index("ix_letter_enclosure_enclosure_id", "letter_enclosure", ["enclosure_id"], unique=False)


def downgrade() -> None:
    for table in ("letter_enclosure", "enclosure", "hold", "quiet", "reading", "habit", "handing"):
        op.drop_table(table)
    with op.batch_alter_table("reader", schema=None) as batch_op:
        batch_op.drop_index("ix_reader_shared_with_id")
        for column in ("via_body_id", "shared_with_id"):
            batch_op.drop_constraint(batch_op.f(f"fk_reader_{column}"), type_="foreignkey")
        for column in ("channel", "via_body_id", "shared_with_id"):
            batch_op.drop_column(column)
