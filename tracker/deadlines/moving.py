"""What a calendar would change of the clocks that run, and what a last day would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from tracker.database import db
from tracker.deadlines import library
from tracker.deadlines.clauses import Kind, Rules, Start
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN, find_rule_set, rule_sets, rules_of
from tracker.deadlines.rules import Due, due
from tracker.errors import N_, RuleBroken
from tracker.workdays import queries as workdays
from tracker.workdays.rules import Calendar
from tracker.workdays.seed import chinese_calendar

DECIDED = ("moved", "capped", "reopened", "set_by_hand")


@dataclass(frozen=True)
class Shift:
    """An open clock that a calendar would give another last day, make certain or uncertain, or only tell anew."""

    deadline: Deadline
    due: Due

    @property
    def moves(self) -> bool:
        return (self.due.due_on, self.due.provisional) != (self.deadline.due_on, self.deadline.provisional)


def would_move(congress_id: int | None = None, calendar: Calendar | None = None) -> Iterator[Shift]:
    """Open clocks whose last day differs under the calendar (the stored one if none is given).

    A clock somebody moved by decision keeps the day decided; it only becomes certain, or ceases to be.
    """
    return (shift for shift in would_change(congress_id, calendar) if shift.moves)


def would_change(congress_id: int | None = None, calendar: Calendar | None = None) -> Iterator[Shift]:
    """As `would_move`, with the clocks that end on the same day for other reasons: a holiday has gone, another came."""
    wanted = sa.select(Deadline).where(IS_OPEN).order_by(Deadline.id)
    if congress_id is not None:
        wanted = wanted.where(Deadline.congress_id == congress_id)
    loaded = {row.id: rules_of(row) for row in rule_sets()}
    calendars: dict[int, Calendar] = {}
    for deadline in db.session.scalars(wanted).all():
        mine = calendar or calendars.get(deadline.congress_id)
        if mine is None:
            mine = calendars[deadline.congress_id] = workdays.calendar(deadline.congress_id)
        found = (
            _decided(deadline, mine) if deadline.moved_count else _again(deadline, loaded[deadline.rule_set_id], mine)
        )
        shift = Shift(deadline, found)
        if shift.moves or found.steps != _reckoned(deadline):
            yield shift


def compute(
    name: str,
    kind: Kind | str,
    start: date,
    fixed_on: date | None = None,
    *,
    again: bool = False,
    congress_id: int | None = None,
) -> Due:
    """The last day under a named rule set, as the database knows rules and days; without one, as the software does.

    `again`: the shorter clock of an opinion the lead asks for once more. RuleBroken if no such rule set is known, or it
    sets no clock of that kind.
    """
    rules, calendar = _known(name, start, congress_id)
    clause = rules.clause(kind)
    if clause is not None and again:
        clause = clause.again
    if clause is None:
        raise RuleBroken(N_("The rule set %(name)s sets no clock for %(kind)s."), name=name, kind=str(Kind(kind)))
    return due(clause, start, calendar, rules.roll_over, fixed_on)


def _known(name: str, on: date, congress_id: int | None) -> tuple[Rules, Calendar]:
    try:
        row = find_rule_set(name, on)
        calendar = workdays.calendar(congress_id)
    except DatabaseError:  # no database was made yet
        db.session.rollback()
        row, calendar = None, chinese_calendar()
    if row is not None:
        return rules_of(row), calendar if calendar.known_years else chinese_calendar()
    if name not in library.names():
        raise RuleBroken(N_("No rule set named %(name)s is known."), name=name)
    return library.rules(name), calendar if calendar.known_years else chinese_calendar()


def _again(deadline: Deadline, rules: Rules, calendar: Calendar) -> Due:
    clause = rules.clause(deadline.kind)
    if clause is None:
        raise LookupError(f"rule set {rules.name} has lost its clock {deadline.kind}")
    if clause.again and deadline.clause["start"] == clause.again.start:
        clause = clause.again
    told = {record["kind"]: record["values"] for record in deadline.explanation}
    event = Start(told["start"]["event"]) if "start" in told else None
    deemed = "deemed_received" in told
    return due(clause, deadline.started_on, calendar, rules.roll_over, deadline.fixed_on, deemed=deemed, event=event)


def _decided(deadline: Deadline, calendar: Calendar) -> Due:
    """A day a person decided: the calendar only says whether its year is known."""
    told = [record for record in _reckoned(deadline) if _holds(record, calendar)]
    return Due(deadline.due_on, deadline.unrolled_on, deadline.due_on.year not in calendar.known_years, told)


def _holds(record: dict[str, Any], calendar: Calendar) -> bool:
    return record["kind"] != "provisional" or not calendar.known_years.issuperset(record["values"]["years"])


def _reckoned(deadline: Deadline) -> list[dict[str, Any]]:
    """How the day first given was made, without what was decided after."""
    return [record for record in deadline.explanation if record["kind"] not in DECIDED]
