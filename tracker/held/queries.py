"""How long what lay with whom: read from what is kept, never from the whole history."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.held import rules
from tracker.held.models import Stay, Tally
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion.ball import BODY
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope
from tracker.web.paging import ROWS
from tracker.workdays import queries as workdays
from tracker.workdays.rules import working_days_between

MIDDLE, MOST = 0.5, 0.9


@dataclass
class Lain:
    """So much lay with somebody: stays that are over and those that last, together, on one day."""

    lasted: Counter[int] = field(default_factory=Counter)  # working days: how many stays
    still: int = 0
    days: int = 0
    since_on: date | None = None  # of the oldest that lasts

    @property
    def stays(self) -> int:
        """How many in all: suggestions (件), with bodies suggestion and body (件次)."""
        return sum(self.lasted.values())

    @property
    def gone(self) -> int:
        """How many of them have gone on."""
        return self.stays - self.still

    @property
    def working_days(self) -> int:
        return sum(days * many for days, many in self.lasted.items())

    @property
    def middle(self) -> int | None:
        return rules.within(self.lasted, MIDDLE)

    @property
    def most(self) -> int | None:
        return rules.within(self.lasted, MOST)


@dataclass(frozen=True)
class Which:
    """Which stays are asked for: of a congress, perhaps of one meeting, one holder, one body, one task."""

    congress_id: int
    meeting_id: int | None = None
    holder: str = ""
    body_id: int | None = None
    task: str = ""

    def of(self, kept: Any) -> list[sa.ColumnElement[bool]]:
        """The condition on stays or on their tally."""
        found = [kept.congress_id == self.congress_id]
        if self.meeting_id is not None:
            found.append(kept.meeting_id == self.meeting_id)
        if self.holder:
            found.append(kept.holder == self.holder)
        if self.body_id is not None:
            found.append(kept.body_id == self.body_id)
        return [*found, kept.task == self.task] if self.task else found


def by_task(which: Which, on: date) -> dict[tuple[str, str], Lain]:
    """How much lay with each kind of holder, for each task and ("") for all of them together."""
    return _lain(which, on, lambda kept: (kept.holder, kept.task, kept.is_whole), _both)


def by_body(which: Which, on: date) -> dict[int, Lain]:
    """How much lay with each body, stays that last counted up to the day: `working_days`, and `days` by the calendar.

    Suggestion and body (件次); a hub's own time is asked for by `holder=HUB`. A body with nothing is not in it.
    """
    whose = which if which.holder else replace(which, holder=BODY)
    return _lain(whose, on, lambda kept: (kept.body_id,), lambda body_id: [body_id], kept_whole=True)


def _both(holder: str, task: str, is_whole: bool) -> list[Any]:
    """A stay counts for its task, and, if it is the whole, for the holder."""
    return [(holder, one) for one in ({task} if task else set()) | ({""} if is_whole else set())]


def _lain(
    which: Which,
    on: date,
    grouped: Callable[[Any], tuple[Any, ...]],
    keys: Callable[..., Iterable[Any]],
    *,
    kept_whole: bool = False,
) -> dict[Any, Lain]:
    calendar = workdays.calendar(which.congress_id)
    found: dict[Any, Lain] = defaultdict(Lain)
    for row in db.session.execute(_over(which, grouped, kept_whole)):
        *group, worked, many, days = row
        for key in keys(*group):
            found[key].lasted[worked] += many
            found[key].days += days
    for row in db.session.execute(_still(which, grouped, kept_whole)):
        *group, since_on, worked, many, days = row
        today = max(on, since_on)
        for key in keys(*group):
            one = found[key]
            one.lasted[worked + working_days_between(since_on, today, calendar)] += many
            one.days += days + many * (today - since_on).days
            one.still += many
            one.since_on = min(one.since_on or since_on, since_on)
    return dict(found)


def _over(which: Which, grouped: Callable[[Any], tuple[Any, ...]], whole: bool) -> sa.Select[Any]:
    by = (*grouped(Tally), Tally.working_days)
    wanted = sa.select(*by, sa.func.sum(Tally.stays), sa.func.sum(Tally.days)).where(*which.of(Tally))
    return (wanted.where(Tally.is_whole.is_(True)) if whole else wanted).group_by(*by)


def _still(which: Which, grouped: Callable[[Any], tuple[Any, ...]], whole: bool) -> sa.Select[Any]:
    by = (*grouped(Stay), Stay.since_on, Stay.working_days)
    wanted = sa.select(*by, sa.func.count(Stay.id), sa.func.sum(Stay.days)).where(
        *which.of(Stay), Stay.since_on.is_not(None)
    )
    return (wanted.where(Stay.is_whole.is_(True)) if whole else wanted).group_by(*by)


def oldest(visitor: Visitor, which: Which) -> Any:
    """The suggestion that has lain longest with a holder, of those this visitor may read; None if there is none."""
    return db.session.execute(_still_there(visitor, which).limit(1)).first()


def still_there(visitor: Visitor, which: Which, page: int) -> list[Any]:
    """A page of what lies there now, the oldest first; one row more if there is another page."""
    return list(db.session.execute(_still_there(visitor, which).limit(ROWS + 1).offset((page - 1) * ROWS)))


def gone_on(visitor: Visitor, which: Which, page: int) -> list[Any]:
    """A page of what has gone on from there, the longest stay first; one row more if there is another page."""
    wanted = _shown(visitor, which).where(Stay.since_on.is_(None)).order_by(Stay.working_days.desc(), Stay.id.desc())
    return list(db.session.execute(wanted.limit(ROWS + 1).offset((page - 1) * ROWS)))


def _still_there(visitor: Visitor, which: Which) -> sa.Select[Any]:
    return _shown(visitor, which).where(Stay.since_on.is_not(None)).order_by(Stay.since_on, Stay.id)


def _shown(visitor: Visitor, which: Which) -> sa.Select[Any]:
    columns = (Stay.working_days, Stay.days, Stay.since_on, Stay.task)
    wanted = (
        sa.select(Suggestion.id, Suggestion.number, Suggestion.title, *columns, Body.name, Body.name_en)
        .select_from(Stay)
        .join(Suggestion, Suggestion.id == Stay.suggestion_id)
        .outerjoin(Body, Body.id == Stay.body_id)
        .where(scope(visitor), *which.of(Stay))
    )
    return wanted if which.task else wanted.where(Stay.is_whole.is_(True))
