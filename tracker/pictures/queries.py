"""What is open now, counted by branch, light and age, each in one statement, and the list behind every number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.lamps import Lamps
from tracker.deadlines.models import Deadline
from tracker.deadlines.rules import Light
from tracker.dispatch.models import Assignment
from tracker.pictures.rules import LIGHTS, OVER, SINCE, Band
from tracker.pictures.whose import open_replies
from tracker.stage import Visitor
from tracker.structure.models import Body, Branch
from tracker.structure.succession import and_before
from tracker.suggestion.models import Suggestion

LATE_NOW, LATE_FIRST_ONLY, LATE_EITHER = "now", "first_only", "either"
CHUNK = 500
LATE = (LATE_NOW, LATE_FIRST_ONLY, LATE_EITHER)


@dataclass(frozen=True)
class Asked:
    """Which open item-bodies a list is narrowed to; `since` and `over` are places of bands, `over` 0 is not over."""

    light: Light | None = None
    late: str = ""
    branch: Branch | None = None
    body_id: int | None = None
    since: int | None = None
    over: int | None = None


def lights(visitor: Visitor, lamps: Lamps) -> list[Any]:
    """Of each branch how many open item-bodies show each light: branch, light, count, and how many of these are over
    the present last day, and how many only over the first one.
    """
    light = sa.case(*((_shows(one, lamps), str(one)) for one in LIGHTS), else_=str(Light.GREEN)).label("light")
    late = [sa.func.count().filter(_late(which, lamps.today)) for which in (LATE_NOW, LATE_FIRST_ONLY)]
    wanted = open_replies(visitor, Body.branch, light, sa.func.count().label("count"), *late)
    return list(db.session.execute(wanted.group_by(Body.branch, light)))


def ages(visitor: Visitor, today: date) -> list[Any]:
    """Of each branch how many open item-bodies lie in each band: branch, since hand-over, over the first day, count."""
    since = _banded(Assignment.handed_over_on, SINCE, today, 0).label("since")
    over = _banded(Deadline.original_due_on, OVER, today, 1).label("over")
    wanted = open_replies(visitor, Body.branch, since, over, sa.func.count().label("count"))
    return list(db.session.execute(wanted.group_by(Body.branch, since, over)))


def listed(visitor: Visitor, asked: Asked, lamps: Lamps, *, offset: int = 0, limit: int | None = None) -> Iterator[Any]:
    """The open item-bodies asked for, those that should have been answered longest ago first.

    Their clocks are put in order before anything is read of their suggestions.
    """
    first = (Deadline.original_due_on, Deadline.due_on, Deadline.id)
    wanted = open_replies(visitor, Deadline.id).where(*_narrowed(asked, lamps)).order_by(*first)
    chosen = list(db.session.scalars(wanted.offset(offset).limit(limit)))
    for begin in range(0, len(chosen), CHUNK):
        read = _SHOWN.where(Deadline.id.in_(chosen[begin : begin + CHUNK])).order_by(*first)
        yield from db.session.execute(read)


def count(visitor: Visitor, asked: Asked, lamps: Lamps) -> int:
    """How many are asked for, without reading their suggestions."""
    return db.session.scalar(open_replies(visitor, sa.func.count()).where(*_narrowed(asked, lamps))) or 0


_SHOWN = (
    sa.select(
        Suggestion.id, Suggestion.number, Suggestion.title, Suggestion.key, Body.name, Body.name_en, Body.branch,
        Assignment.handed_over_on, Assignment.round, Deadline.due_on, Deadline.original_due_on, Deadline.rule_set_id,
    )
    .select_from(Deadline)
    .join(Assignment, Assignment.id == Deadline.assignment_id)
    .join(Body, Body.id == Assignment.body_id)
    .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
)  # fmt: skip


def _narrowed(asked: Asked, lamps: Lamps) -> list[sa.ColumnElement[bool]]:
    today = lamps.today
    parts = [_late(asked.late, today)] if asked.late else []
    if asked.light is not None:
        parts.append(_shows(asked.light, lamps))
    if asked.branch is not None:
        parts.append(Body.branch == asked.branch)
    if asked.body_id is not None:
        parts.append(Assignment.body_id.in_(and_before(asked.body_id)))
    if asked.since is not None:
        parts.append(_lies_in(Assignment.handed_over_on, SINCE[asked.since], today))
    if asked.over is not None:
        is_over = _lies_in(Deadline.original_due_on, OVER[asked.over - 1], today) if asked.over else None
        parts.append(Deadline.original_due_on >= today if is_over is None else is_over)
    return parts


def _late(which: str, today: date) -> sa.ColumnElement[bool]:
    now, first = Deadline.due_on < today, Deadline.original_due_on < today
    if which == LATE_NOW:
        return now
    return sa.and_(first, Deadline.due_on >= today) if which == LATE_FIRST_ONLY else sa.or_(now, first)


def _shows(light: Light, lamps: Lamps) -> sa.ColumnElement[bool]:
    return lamps.shines(light, Assignment.round - 1)


def _lies_in(day: Any, band: Band, today: date) -> sa.ColumnElement[bool]:
    earliest, latest = band.days_on(today)
    return sa.and_(day <= latest, day >= earliest if earliest is not None else sa.true())


def _banded(day: Any, bands: Sequence[Band], today: date, first: int) -> sa.ColumnElement[int]:
    """The place of the band a day lies in, counted from `first`; 0 before all of them."""
    return sa.case(*((_lies_in(day, band, today), first + place) for place, band in enumerate(bands)), else_=0)
