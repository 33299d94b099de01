"""Holding a suggestion while somebody acts on it, and the clock that runs until it is handed over."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder, RuleSet
from tracker.suggestion.models import Suggestion
from tracker.workdays.rules import Calendar


def await_hand_over(
    suggestion: Suggestion, on: date, rules_in_force: RuleSet, calendar: Calendar | None = None
) -> None:
    clocks.start(
        Kind.HAND_OVER,
        on=on,
        rules=rules_in_force,
        congress_id=suggestion.congress_id,
        holder=Holder.OFFICE,
        calendar=calendar,
        suggestion_id=suggestion.id,
    )


def stop_clocks(suggestion: Suggestion, on: date, reason: str) -> None:
    for running in deadlines.open_for(suggestion_id=suggestion.id):
        clocks.void(running, on=on, reason=reason)


def hold(*suggestions: Suggestion) -> None:
    """Nobody else acts on these suggestions until the transaction ends (SQLite has one writer anyway)."""
    ids = sorted(one.id for one in suggestions)
    wanted = sa.select(Suggestion.id).where(Suggestion.id.in_(ids)).order_by(Suggestion.id).with_for_update()
    db.session.execute(wanted)
