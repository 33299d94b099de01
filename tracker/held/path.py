"""The whole path of one suggestion: who had it when, what moved it, and the last days, for who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.clauses import REPLIES, Kind
from tracker.deadlines.models import Deadline, RuleSet
from tracker.deadlines.queries import rules_of
from tracker.dispatch.models import ANSWERING, Assignment, Part
from tracker.dispatch.queries import assignments_of
from tracker.errors import NotFound
from tracker.held import rules
from tracker.held.reading import TELLS
from tracker.roles import BODY as BODY_ROLES
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion import ball
from tracker.suggestion.journey import MOVES, Stage
from tracker.suggestion.mergers import answered_in
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import get_suggestion, history
from tracker.suggestion.spans import Span, Task, spans
from tracker.suggestion.turns import READERS, part_of
from tracker.workdays import queries as workdays
from tracker.workdays.rules import working_days_between


@dataclass(frozen=True)
class Turn:
    """One turn as it is shown: the body (a row, a former name, or nothing), and how long it was."""

    span: Span
    body: Any
    days: int
    working_days: int


@dataclass(frozen=True)
class Due:
    """The last day of a body's clock, as it was given and as it is."""

    assignment: Assignment
    kind: Kind
    original_on: date
    due_on: date
    met_on: date | None


@dataclass(frozen=True)
class Path:
    """What the page of a path tells."""

    suggestion: Suggestion
    main: Suggestion | None
    turns: list[Turn]
    moves: list[Any]
    dues: list[Due]
    passes: list[rules.Pass]
    waited: list[tuple[Assignment, int]]
    bodies: dict[Any, Any]


def path_of(suggestion_id: int, visitor: Visitor, today: date) -> Path:
    """The path, of a merged suggestion with that of the one it is handled with.

    :raises NotFound: there is none, or it is not this visitor's to see.
    """
    suggestion = get_suggestion(suggestion_id, visitor)
    main = _main(suggestion, visitor)
    told = [_Told(one, visitor) for one in (suggestion, main) if one is not None]
    merged_on = _merged_on(told[0].entries) if main is not None else None
    turns = [one for some in told for one in _after(some.spans, merged_on if some.suggestion is main else None)]
    assigned = {one.id: one for some in told for one in some.assignments}
    bodies = _bodies(turns)
    dues = _dues(list(assigned.values()))
    calendar = workdays.calendar(suggestion.congress_id)
    shown = []
    for one in turns:
        end = one.until(today)
        days = (end - one.from_on).days, working_days_between(one.from_on, end, calendar)
        shown.append(Turn(one, bodies.get(one.name, one.name), *days))
    return Path(
        suggestion=suggestion,
        main=main,
        turns=shown,
        moves=[line for some in told for line in some.moves(merged_on if some.suggestion is main else None)],
        dues=dues,
        passes=[one for some in told for one in some.passes()],
        waited=_waited(turns, assigned, dues, today),
        bodies=bodies,
    )


class _Told:
    """One suggestion's lines as this visitor may read them, and what comes of them."""

    def __init__(self, suggestion: Suggestion, visitor: Visitor) -> None:
        self.suggestion = suggestion
        self.entries = history(suggestion, visitor)
        self.assignments = assignments_of(suggestion.id)
        read_by = _read_by(suggestion)
        self.parts = {one.id: part_of(one, one.body_id, read_by, one.body.hub_id) for one in self.assignments}
        self.spans = spans(self.entries, self.parts, whole=visitor.role not in BODY_ROLES)

    def moves(self, since: date | None) -> list[Any]:
        return [one for one in self.entries if one.move in TELLS and (since is None or one.on >= since)]

    def passes(self) -> list[rules.Pass]:
        answering = {one.id for one in self.assignments if one.part in ANSWERING}
        return rules.passes(self.entries, self.parts, answering=answering.__contains__)


def _main(suggestion: Suggestion, visitor: Visitor) -> Suggestion | None:
    """The suggestion it is handled with, where it was merged and the visitor may read that one."""
    if suggestion.stage is not Stage.MERGED or (number := answered_in(suggestion)) == suggestion.id:
        return None
    try:
        return get_suggestion(number, visitor)
    except NotFound:
        return None


def _read_by(suggestion: Suggestion) -> str:
    row = db.session.get(RuleSet, suggestion.rule_set_id) if suggestion.rule_set_id else None
    return READERS[rules_of(row).precheck] if row else ball.OFFICE


def _merged_on(entries: Sequence[Any]) -> date | None:
    days = [one.on for one in entries if MOVES[one.move].to is Stage.MERGED]
    return days[-1] if days else None


def _after(turns: list[Span], since: date | None) -> list[Span]:
    """What happened to the other one after the two became one."""
    if since is None:
        return turns
    kept = [one for one in turns if one.to_on is None or one.to_on > since]
    return [
        Span(one.holder, one.name, one.task, max(one.from_on, since), one.to_on, one.assignment_id, one.round)
        for one in kept
    ]


def _bodies(turns: list[Span]) -> dict[Any, Any]:
    """The bodies by their number; one that a reform closed is told by the name it had."""
    numbers = {one.name for one in turns if isinstance(one.name, int)}
    wanted = sa.select(Body.id, Body.name, Body.name_en, Body.short_name).where(Body.id.in_(numbers))
    return {row.id: row for row in db.session.execute(wanted)} if numbers else {}


def _dues(assignments: list[Assignment]) -> list[Due]:
    """The last days of replies and opinions that hold, or held until they were met."""
    by_id = {one.id: one for one in assignments}
    wanted = (
        sa.select(Deadline.assignment_id, Deadline.kind, Deadline.original_due_on, Deadline.due_on, Deadline.met_on)
        .where(Deadline.assignment_id.in_(by_id), Deadline.kind.in_((*REPLIES, Kind.CO_OPINION)))
        .where(Deadline.voided_on.is_(None))
        .order_by(Deadline.id)
    )
    found = db.session.execute(wanted) if by_id else ()
    return [Due(by_id[row[0]], *row[1:]) for row in found]


def _waited(
    turns: list[Span], assigned: dict[int, Assignment], dues: list[Due], today: date
) -> list[tuple[Assignment, int]]:
    """The co-handlers' share of a lead's time."""
    due = {one.assignment.id: one.due_on for one in dues if one.kind is Kind.CO_OPINION}
    leads = [one for one in turns if one.task is Task.HANDLING and _leads(assigned.get(one.assignment_id or 0))]
    helps = [one for one in turns if one.task is Task.OPINION]
    return [(assigned[number], days) for number, days in rules.waited_days(leads, helps, due, today).items()]


def _leads(assignment: Assignment | None) -> bool:
    return assignment is not None and assignment.part in (Part.LEAD, Part.JOINT)
