"""bodies succeed each other, officers are absent, cards belong to terms, forms know their version

Revision ID: 0004
Revises: 0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
VERSIONED = ("congress", "term", "meeting", "delegation", "deputy", "body", "officer")
# Who is there already belongs to the term that was elected last.
PRESENT_TERM = """
update {table} set term_id = (
    select term.id from term where term.congress_id = {table}.congress_id order by term.ordinal desc limit 1
)
"""


def upgrade() -> None:
    op.create_table(
        "succession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["predecessor_id"], ["body.id"], name=op.f("fk_succession_predecessor_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["body.id"], name=op.f("fk_succession_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
        sa.UniqueConstraint(
            "predecessor_id", "successor_id", "on", name=op.f("uq_succession_predecessor_id_successor_id_on")
        ),
    )
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_succession_successor_id"), ["successor_id"], unique=False)

    op.create_table(
        "other_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("ledger", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_other_number_assignment_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_other_number_suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_number")),
        sa.UniqueConstraint(
            "suggestion_id", "ledger", "number", name=op.f("uq_other_number_suggestion_id_ledger_number")
        ),
    )
    with op.batch_alter_table("other_number", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_other_number_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_other_number_number"), ["number"], unique=False)

    for table in VERSIONED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
            _more(table, batch_op)
    for table in ("delegation", "deputy"):
        op.execute(PRESENT_TERM.format(table=table))


def _more(table: str, batch_op: Any) -> None:
    if table == "delegation":
        _of_a_term(table, batch_op)
        batch_op.drop_constraint(batch_op.f("uq_delegation_congress_id_name"), type_="unique")
        columns = ["congress_id", "term_id", "name"]
        batch_op.create_unique_constraint(batch_op.f("uq_delegation_congress_id_term_id_name"), columns)
    if table == "deputy":
        _of_a_term(table, batch_op)
        batch_op.add_column(sa.Column("first_card_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_deputy_first_card_id"), "deputy", ["first_card_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_deputy_first_card_id"), ["first_card_id"], unique=False)
        batch_op.drop_constraint(batch_op.f("uq_deputy_congress_id_card_number"), type_="unique")
        columns = ["congress_id", "term_id", "card_number"]
        batch_op.create_unique_constraint(batch_op.f("uq_deputy_congress_id_term_id_card_number"), columns)
    if table == "officer":
        batch_op.add_column(sa.Column("substitute_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("absent_from_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("absent_until_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_officer_substitute_id"), "officer", ["substitute_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_officer_substitute_id"), ["substitute_id"], unique=False)


def _of_a_term(table: str, batch_op: Any) -> None:
    batch_op.add_column(sa.Column("term_id", sa.Integer(), nullable=True))
    batch_op.create_foreign_key(batch_op.f(f"fk_{table}_term_id"), "term", ["term_id"], ["id"])
    batch_op.create_index(batch_op.f(f"ix_{table}_term_id"), ["term_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_officer_substitute_id"))
        batch_op.drop_constraint(batch_op.f("fk_officer_substitute_id"), type_="foreignkey")
        for column in ("substitute_id", "absent_from_on", "absent_until_on"):
            batch_op.drop_column(column)
    with op.batch_alter_table("deputy", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_deputy_congress_id_term_id_card_number"), type_="unique")
        columns = ["congress_id", "card_number"]
        batch_op.create_unique_constraint(batch_op.f("uq_deputy_congress_id_card_number"), columns)
        batch_op.drop_index(batch_op.f("ix_deputy_first_card_id"))
        batch_op.drop_constraint(batch_op.f("fk_deputy_first_card_id"), type_="foreignkey")
        batch_op.drop_column("first_card_id")
        _of_no_term("deputy", batch_op)
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_delegation_congress_id_term_id_name"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_delegation_congress_id_name"), ["congress_id", "name"])
        _of_no_term("delegation", batch_op)
    for table in VERSIONED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("version")
    op.drop_table("other_number")
    op.drop_table("succession")


def _of_no_term(table: str, batch_op: Any) -> None:
    batch_op.drop_index(batch_op.f(f"ix_{table}_term_id"))
    batch_op.drop_constraint(batch_op.f(f"fk_{table}_term_id"), type_="foreignkey")
    batch_op.drop_column("term_id")
