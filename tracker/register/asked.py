"""What the register is asked for, and which suggestions are meant by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.clauses import REPLIES, Outcome
from tracker.deadlines.lamps import Lamps
from tracker.deadlines.models import Deadline
from tracker.deadlines.rules import Light
from tracker.dispatch.models import Assignment
from tracker.feedback.models import Verdict
from tracker.followup.queries import Show
from tracker.register import narrowing
from tracker.register.words import NO_LONGER, named, signed_by
from tracker.roles import BODY
from tracker.stage import Visitor
from tracker.structure.models import Body, Branch
from tracker.structure.succession import and_before
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope
from tracker.workdays.rules import ONE_DAY

LONGEST_QUESTION = 100
OVERDUE, WEEK = "overdue", "week"


@dataclass(frozen=True)
class Asked:
    """What the register is asked for; an empty value asks for nothing."""

    q: str = ""
    meeting_id: int | None = None
    stage: Stage | None = None
    light: Light | None = None
    due: str = ""
    branch: Branch | None = None
    body_id: int | None = None
    category: str = ""
    key: bool = False
    again: bool = False
    outcome: Outcome | None = None
    rating: Verdict | str | None = None
    promise: Show | None = None
    sign: str = ""
    deputy: str = ""
    delegation_id: int | None = None
    since: date | None = None
    until: date | None = None
    sort: str = "newest"

    def names(self) -> tuple[str, ...]:
        """What is asked for, by name; the order is no question."""
        return tuple(name for name, value in vars(self).items() if name != "sort" and not _is_empty(value))


def has_more(asked: Asked) -> bool:
    """Whether anything is asked for beyond what the first row of filters shows."""
    shown = {"q": "", "stage": None, "light": None, "due": "", "body_id": None, "sort": asked.sort}
    return replace(asked, **shown) != Asked(sort=asked.sort)  # type: ignore[arg-type]


def condition(visitor: Visitor, asked: Asked, lamps: Lamps) -> sa.ColumnElement[bool]:
    """Which suggestions are meant; the same for the count, the page and the download.

    The visitor's numbers and the values may be parameters (`tracker.suggestion.anyone`).
    """
    wanted: dict[str, Callable[[], sa.ColumnElement[bool]]] = {
        "q": lambda: named(visitor, asked.q[:LONGEST_QUESTION]),
        "meeting_id": lambda: Suggestion.meeting_id == asked.meeting_id,
        "stage": lambda: Suggestion.stage == asked.stage,
        "category": lambda: Suggestion.category == asked.category,
        "key": lambda: Suggestion.key.is_(True),
        "again": lambda: Suggestion.round > 1,
        "body_id": lambda: _held_by(and_before(asked.body_id)),
        "branch": lambda: _held_by(sa.select(Body.id).where(_congress(visitor), Body.branch == asked.branch)),
        "light": lambda: _lit(visitor, asked.light, lamps),
        "due": lambda: _due(visitor, *due_between(asked.due, lamps.today)),
        "outcome": lambda: narrowing.answered_with(visitor, asked.outcome),
        "rating": lambda: narrowing.rating(visitor, asked.rating, lamps.today),
        "promise": lambda: narrowing.promised(visitor, asked.promise, lamps.today),
        "sign": lambda: narrowing.hinted_at(visitor, asked.sign),
        "deputy": lambda: signed_by(visitor, asked.deputy),
        "delegation_id": lambda: narrowing.brought_by(asked.delegation_id),
        "since": lambda: Suggestion.recorded_on >= asked.since,
        "until": lambda: Suggestion.recorded_on <= asked.until,
    }
    parts = [wanted[name]() for name in asked.names()]
    return sa.and_(Suggestion.congress_id == visitor.congress_id, scope(visitor), *parts)


def due_between(which: str, today: date) -> tuple[date | None, date]:
    """The last days that are overdue today, or that come within a week."""
    return (None, today - ONE_DAY) if which == OVERDUE else (today, today + 7 * ONE_DAY)


def first_clocks(visitor: Visitor) -> sa.Select[tuple[int, date, int]]:
    """Of every suggestion the one reply clock that ends first, as far as this visitor may see clocks."""
    other, others = aliased(Deadline), aliased(Assignment)
    earlier = (
        sa.select(other.id)
        .join(others, others.id == other.assignment_id)
        .where(others.suggestion_id == Assignment.suggestion_id, *owed(visitor, other, others))
        .where(sa.or_(other.due_on < Deadline.due_on, sa.and_(other.due_on == Deadline.due_on, other.id < Deadline.id)))
        .correlate(Deadline, Assignment)
    )
    return (
        sa.select(Assignment.suggestion_id, Deadline.due_on, Deadline.id.label("deadline_id"))
        .select_from(Deadline)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .where(Deadline.congress_id == visitor.congress_id, *owed(visitor, Deadline, Assignment))
        .where(sa.not_(earlier.exists()))
    )


def has_clock(visitor: Visitor) -> sa.ColumnElement[bool]:
    running = (
        sa.select(Deadline.id)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .where(Assignment.suggestion_id == Suggestion.id, *owed(visitor, Deadline, Assignment))
    )
    return running.correlate(Suggestion).exists()


def owed(visitor: Visitor, deadline: Any, assignment: Any) -> list[sa.ColumnElement[bool]]:
    """The clock is that of a reply, it runs, and the visitor may see it.

    Of one suggestion. The congress is left out on purpose: named here, it would lead SQLite to the index of all
    running clocks for every single suggestion, instead of to the assignment's own few.
    """
    parts = [deadline.met_on.is_(None), deadline.voided_on.is_(None), deadline.kind.in_(REPLIES)]
    return [*parts, assignment.body_id.in_(and_before(visitor.body_id))] if visitor.role in BODY else parts


def _is_empty(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, str) and not value)


def _held_by(bodies: sa.Select[tuple[int]]) -> sa.ColumnElement[bool]:
    """One of these bodies has it now."""
    held = sa.select(Assignment.suggestion_id).where(
        Assignment.body_id.in_(bodies), Assignment.standing.not_in(NO_LONGER)
    )
    return Suggestion.id.in_(held)


def _congress(visitor: Visitor) -> sa.ColumnElement[bool]:
    return Body.congress_id == visitor.congress_id


def _lit(visitor: Visitor, light: Light | None, lamps: Lamps) -> sa.ColumnElement[bool]:
    """The most urgent reply shows this light; blue: answered and nothing runs."""
    if light is None or light is Light.BLUE:
        return sa.and_(Suggestion.stage == Stage.ANSWERED, sa.not_(has_clock(visitor)))
    shining = first_clocks(visitor).where(lamps.shines(light, Assignment.round - 1))
    return Suggestion.id.in_(shining.with_only_columns(Assignment.suggestion_id))


def _due(visitor: Visitor, first: date | None, last: date) -> sa.ColumnElement[bool]:
    """The most urgent reply ends between the days."""
    found = first_clocks(visitor).where(Deadline.due_on <= last)
    if first is not None:
        found = found.where(Deadline.due_on >= first)
    return Suggestion.id.in_(found.with_only_columns(Assignment.suggestion_id))
