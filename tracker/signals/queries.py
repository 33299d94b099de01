"""Signals, limited to who is asking, and read in columns: what a line shows of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.database import columns, db, streamed
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.signals.models import Dismissal, Signal, SignalAnswer
from tracker.signals.readers import readable, unseen
from tracker.signals.rules import Show, new_since
from tracker.stage import Visitor
from tracker.structure.models import Body, Branch
from tracker.structure.succession import and_before
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS, sees_all_of_it
from tracker.web.paging import ROWS, Page, most_counted

HOLDS = Signal.cleared_on.is_(None)
DISMISSED = Signal.id.in_(sa.select(Dismissal.signal_id).where(Dismissal.undone_on.is_(None)))
ANSWERED = sa.select(SignalAnswer.id).where(SignalAnswer.signal_id == Signal.id).exists()
LATEST_FIRST = (Signal.raised_on.desc(), Signal.id.desc())  # as the index of the days has them
COUNTS = (HOLDS, sa.not_(DISMISSED))  # what is dismissed does not count
THIS_ONE = sa.bindparam("assignment_id", type_=sa.Integer)
AT_ONCE = 500


@dataclass(frozen=True)
class Asked:
    """What a list of signals is narrowed to."""

    show: Show = Show.OPEN
    kind: str = ""
    body_id: int | None = None
    branch: Branch | None = None
    meeting_id: int | None = None


@dataclass(frozen=True)
class Counted:
    """How many signals of one kind, and in how many suggestions (件) and bodies' parts of them (件次)."""

    kind: str
    signs: int
    items: int
    parts: int


SHOWN = (
    Signal.id,
    Signal.kind,
    Signal.thing_id,
    Signal.suggestion_id,
    Signal.assignment_id,
    Signal.body_id,
    Signal.since_on,
    Signal.facts,
    Signal.raised_on,
    Signal.cleared_on,
    Suggestion.number,
    Suggestion.title,
    Suggestion.internal,
    Suggestion.key,
    Body.name,
    Body.short_name,
    Body.name_en,
    sa.type_coerce(Assignment.standing, sa.String).label("standing"),
    DISMISSED.label("is_dismissed"),
    ANSWERED.label("is_answered"),
)


def _lines(*which: Any) -> sa.Select[Any]:
    wanted = sa.select(*SHOWN).select_from(Signal).join(Suggestion, Suggestion.id == Signal.suggestion_id)
    wanted = wanted.outerjoin(Assignment, Assignment.id == Signal.assignment_id)
    return wanted.outerjoin(Body, Body.id == Signal.body_id).where(*which)


def condition(visitor: Any, asked: Asked, today: date) -> sa.ColumnElement[bool]:
    """Which signals a list shows; the same for the counts, the page and the download."""
    parts = [readable(visitor), *_shown(asked.show, visitor, today)]
    if asked.kind:
        parts.append(Signal.kind == asked.kind)
    if asked.body_id is not None:
        parts.append(Signal.body_id.in_(and_before(asked.body_id)))
    if asked.branch is not None:
        parts.append(Signal.body_id.in_(sa.select(Body.id).where(Body.branch == asked.branch)))
    if asked.meeting_id is not None:
        parts.append(Suggestion.meeting_id == asked.meeting_id)
    return sa.and_(*parts)


def _shown(show: Show, visitor: Any, today: date) -> tuple[Any, ...]:
    return {
        Show.OPEN: COUNTS,
        Show.NEW: (*COUNTS, Signal.raised_on > new_since(today)),
        Show.UNSEEN: (*COUNTS, unseen(visitor)),
        Show.UNANSWERED: (*COUNTS, sa.not_(ANSWERED)),
        Show.ANSWERED: (*COUNTS, ANSWERED),
        Show.DISMISSED: (HOLDS, DISMISSED),
        Show.CLEARED: (Signal.cleared_on.is_not(None),),
    }[show]


def page_of(visitor: Any, asked: Asked, today: date, number: int) -> Page:
    """One page of the list, the latest raised first; a long list is counted no farther than need be."""
    which, most = condition(visitor, asked, today), most_counted(number)
    counted = _joined(sa.select(Signal.id), visitor, asked).where(which).limit(most).subquery()
    total = db.session.scalar(sa.select(sa.func.count()).select_from(counted)) or 0
    number = min(number, max(1, -(-total // ROWS)))
    wanted = _lines(which).order_by(*LATEST_FIRST).offset((number - 1) * ROWS).limit(ROWS)
    return Page(list(db.session.execute(wanted)), number, total, or_more=total == most)


def every(visitor: Any, asked: Asked, today: date) -> Iterator[Any]:
    """All rows of the list, so many at a time."""
    yield from streamed(_lines(condition(visitor, asked, today)).order_by(*LATEST_FIRST), AT_ONCE)


def counts(visitor: Any, asked: Asked, today: date) -> list[Counted]:
    """How much there is of each kind."""
    many = (sa.func.count(), *(sa.func.count(sa.distinct(one)) for one in (Signal.suggestion_id, Signal.assignment_id)))
    wanted = _joined(sa.select(Signal.kind, *many).select_from(Signal), visitor, asked)
    rows = db.session.execute(wanted.where(condition(visitor, asked, today)).group_by(Signal.kind))
    return [Counted(*row) for row in rows]


def _joined(wanted: sa.Select[Any], visitor: Any, asked: Asked) -> sa.Select[Any]:
    """With the suggestion, where anything is asked of it: who sees all is spared a hundred thousand look-ups."""
    if sees_all_of_it(visitor) and asked.meeting_id is None:
        return wanted
    return wanted.join(Suggestion, Suggestion.id == Signal.suggestion_id)


def get_signal(signal_id: int, visitor: Any) -> Signal:
    """One with its suggestion, body, answers and dismissals.

    :raises NotFound: there is none, or it is not this visitor's to read.
    """
    wanted = (
        sa.select(Signal)
        .join(Signal.suggestion)
        .where(Signal.id == signal_id, readable(visitor))
        .options(
            contains_eager(Signal.suggestion).joinedload(Suggestion.meeting),
            joinedload(Signal.assignment).joinedload(Assignment.body),
            joinedload(Signal.body),
            selectinload(Signal.answers),
            selectinload(Signal.dismissals),
        )
    )
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def raised_before(signal: Signal) -> Sequence[Any]:
    """When the same fact of the same thing was raised and cleared at other times, oldest first."""
    wanted = sa.select(Signal.id, Signal.raised_on, Signal.cleared_on, Signal.cleared_why).where(
        Signal.suggestion_id == signal.suggestion_id,
        Signal.kind == signal.kind,
        Signal.thing_id == signal.thing_id,
        Signal.id != signal.id,
    )
    return db.session.execute(wanted.order_by(Signal.id)).all()


def signals_of(suggestion_id: int, visitor: Visitor) -> Sequence[Any]:
    """What holds of a suggestion and this visitor may read; not asked where it is known that there is nothing."""
    if is_empty(signs_in, suggestion_id=suggestion_id):
        return ()
    asked: Mapping[str, Any] = {**numbers(visitor), "suggestion_id": suggestion_id}
    return columns(_of_suggestion(anyone(visitor)), asked).all()


@cache
def signs_in(who: Anyone) -> sa.Select[Any]:
    """The same as rows: what the suggestion's page asks first."""
    wanted = sa.select(Signal.id).join(Suggestion, Suggestion.id == Signal.suggestion_id)
    return wanted.where(Signal.suggestion_id == THIS, HOLDS, readable(who))


@cache
def _of_suggestion(who: Anyone) -> sa.Select[Any]:
    return _lines(Signal.suggestion_id == THIS, HOLDS, readable(who)).order_by(Signal.id)


def signals_at(assignment: Assignment, visitor: Visitor) -> Sequence[Any]:
    """What holds of one body's part of a suggestion."""
    asked = {**numbers(visitor), "suggestion_id": assignment.suggestion_id, "assignment_id": assignment.id}
    return columns(_of_assignment(anyone(visitor)), asked).all()


@cache
def _of_assignment(who: Anyone) -> sa.Select[Any]:
    return _of_suggestion(who).where(Signal.assignment_id == THIS_ONE)
