"""counts and the figures made of them, what bodies say of theirs, and from how many cases on a congress compares

Revision ID: 0026
Revises: 0025
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: tuple[str, ...] = ()
NAMED = """
    assigned received main co answered open no_clock days_held co_due co_in_time co_late co_unheard
    due_original in_time_original late_original open_late_original due_current in_time_current late_current
    open_late_current extended moved return_asked returned return_refused replied sent_back further_round
    renewed contact_before contact_after contact_none signalled signals final solved partly_solved in_progress_this_year planned
    not_now not_feasible higher_authority reference_only unclassed delivered first_asked first_rated
    first_satisfied first_mostly first_dissatisfied first_unrated last_asked last_rated last_satisfied
    last_mostly last_dissatisfied last_unrated last_awaited last_unasked voices voices_satisfied voices_mostly
    voices_dissatisfied promises promises_due promises_kept promises_kept_late promises_missed promises_broken
    promises_withdrawn promises_moved items_recorded items items_answered items_open items_nobody
    items_due_original items_in_time_original items_late_original items_due_current items_in_time_current
    items_late_current items_extended items_returned items_again items_days items_first_asked items_first_rated
    items_first_satisfied items_first_mostly items_first_dissatisfied items_first_unrated items_last_asked
    items_last_rated items_last_satisfied items_last_mostly items_last_dissatisfied items_last_unrated
"""
MEASURES = NAMED.split()
BY = ("body_id", "branch", "delegation_id", "category", "meeting_id")


def upgrade() -> None:
    op.create_table(
        "reckoning",
        _id(),
        _of_congress(),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        _to_congress("reckoning"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reckoning")),
    )
    op.create_index("ix_reckoning_congress_id_on", "reckoning", ["congress_id", "on", "id"])
    op.create_table(
        "counted",
        _id(),
        _of_congress(),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("branch", sa.String(length=40), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("original_due_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        *(sa.Column(name, sa.SmallInteger(), nullable=True) for name in MEASURES),
        _to_congress("counted"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted")),
    )
    op.create_index("ix_counted_congress_id_suggestion_id", "counted", ["congress_id", "suggestion_id"])
    for name in BY:
        op.create_index(f"ix_counted_congress_id_{name}", "counted", ["congress_id", name, "suggestion_id"])
    op.create_table(
        "figure",
        sa.Column("reckoning_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("dimension", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in MEASURES),
        sa.ForeignKeyConstraint(["reckoning_id"], ["reckoning.id"], name=op.f("fk_figure_reckoning_id")),
        sa.PrimaryKeyConstraint("reckoning_id", "period", "dimension", "key", name=op.f("pk_figure")),
    )
    op.create_table(
        "counted_day",
        _of_congress(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("worked", sa.Integer(), nullable=False),
        _to_congress("counted_day"),
        sa.PrimaryKeyConstraint("congress_id", "day", name=op.f("pk_counted_day")),
    )
    op.create_table(
        "body_statement",
        _id(),
        _of_congress(),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_statement_body_id")),
        _to_congress("body_statement"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_statement")),
        sa.UniqueConstraint("body_id", "version", name=op.f("uq_body_statement_body_id_version")),
    )
    op.create_index(op.f("ix_body_statement_congress_id"), "body_statement", ["congress_id"])
    op.create_table(
        "figures_choice",
        _of_congress(),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("chosen_by", sa.String(length=60), nullable=False),
        _to_congress("figures_choice"),
        sa.PrimaryKeyConstraint("congress_id", name=op.f("pk_figures_choice")),
    )


def downgrade() -> None:
    for name in ("figures_choice", "body_statement", "counted_day", "figure", "counted", "reckoning"):
        op.drop_table(name)


def _id() -> Any:
    return sa.Column("id", sa.Integer(), nullable=False)


def _of_congress() -> Any:
    return sa.Column("congress_id", sa.Integer(), nullable=False)


def _to_congress(table: str) -> Any:
    return sa.ForeignKeyConstraint(["congress_id"], ["congress.id"], name=op.f(f"fk_{table}_congress_id"))
