"""Holding a suggestion while somebody acts on it, and the clock that runs until it is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder, RuleSet
from tracker.deadlines.starting import Starting
from tracker.suggestion.models import Suggestion
from tracker.workdays.rules import Calendar


def await_hand_over(suggestion: Suggestion, on: date, rules_in_force: RuleSet) -> None:
    await_hand_overs([(suggestion, on, rules_in_force, None)])


def await_hand_overs(waiting: Sequence[tuple[Suggestion, date, RuleSet, Calendar | None]]) -> None:
    starting = Starting()
    for one, on, rules, calendar in waiting:
        how: dict[str, Any] = {"congress_id": one.congress_id, "holder": Holder.OFFICE, "suggestion_id": one.id}
        starting.start(Kind.HAND_OVER, on=on, rules=rules, calendar=calendar, **how)
    starting.write()


def stop_clocks(suggestion: Suggestion, on: date, reason: str) -> None:
    for running in deadlines.open_for(suggestion_id=suggestion.id):
        clocks.void(running, on=on, reason=reason)


def hold(*suggestions: Suggestion) -> None:
    """Nobody else acts on these suggestions until the transaction ends; where they stand is read again.

    In the order of their numbers, so that two who hold the same ones never wait for each other.
    """
    for one in sorted(suggestions, key=lambda suggestion: suggestion.id):
        db.session.refresh(one, ["stage", "version"], with_for_update=True)
