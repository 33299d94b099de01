"""Time held is kept as rows that follow the history: what was written since is reckoned anew, item by item."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.database import db
from tracker.errors import N_
from tracker.held import rules
from tracker.held.models import Passed, Reckoned, Stay, Tally
from tracker.held.reading import Histories, Told
from tracker.stage import Problem
from tracker.structure.models import Congress
from tracker.suggestion.models import Entry, Suggestion
from tracker.workdays import queries as workdays
from tracker.workdays.rules import working_days_between

AT_ONCE = 500
KEY = ("congress_id", "meeting_id", "holder", "body_id", "task", "is_whole", "working_days")


class Kept:
    """Writes the stays and passes of suggestions, some hundreds at a time."""

    def __init__(self) -> None:
        self.histories = Histories()

    def write(self, ids: list[int]) -> int:
        """Reckon these suggestions anew in place of what is kept of them; answers how many stays there are.

        One at a time, whoever does it: the row that says how far we are is held until the transaction ends.
        """
        hold()
        tally: Counter[tuple[Any, ...]] = Counter()
        days: Counter[tuple[Any, ...]] = Counter()
        _take_away(ids, tally, days)
        stays, passed = list[dict[str, Any]](), list[dict[str, Any]]()
        for told in self.histories.read(ids):
            stays += self._stays(told)
            passed += self._passes(told)
        for kind, rows in ((Stay, stays), (Passed, passed)):
            if rows:
                db.session.execute(sa.insert(kind), rows)
        for row in stays:
            if row["since_on"] is None:
                _count(row, 1, tally, days)
        _write_tally(tally, days)
        return len(stays)

    def _stays(self, told: Told) -> Iterator[dict[str, Any]]:
        whose = {"congress_id": told.congress_id, "meeting_id": told.meeting_id, "suggestion_id": told.id}
        for one in rules.stays(told.turns(self.histories.bodies), self._worked(told.congress_id)):
            yield {**whose, **vars(one)}

    def _passes(self, told: Told) -> Iterator[dict[str, Any]]:
        bodies = self.histories.bodies
        found = rules.passes(
            told.entries,
            told.parts,
            answering=told.answering.__contains__,
            called=lambda name: bodies.number(told.congress_id, name),
        )
        for one in found:
            if one.from_body and one.to_body:
                yield {
                    "congress_id": told.congress_id,
                    "meeting_id": told.meeting_id,
                    "suggestion_id": told.id,
                    "from_id": one.from_id,
                    "to_id": one.to_id,
                    "from_body_id": one.from_body,
                    "to_body_id": one.to_body,
                    "way": one.way,
                    "came_on": one.came_on,
                    "on": one.on,
                    "days": one.days,
                    "working_days": self._worked(told.congress_id)(one.came_on, one.on),
                }

    def _worked(self, congress_id: int) -> rules.Counts:
        calendar = workdays.calendar(congress_id)
        return lambda on, end: working_days_between(on, end, calendar)


def reckoned() -> Reckoned | None:
    """Up to where time held is reckoned."""
    return db.session.get(Reckoned, 1)


def hold() -> Reckoned:
    """The row that says how far we are; while this transaction lasts nobody else reckons."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    first = dialect.insert(Reckoned).values(id=1, entry_id=0, at=None, calendars={})
    db.session.execute(first.on_conflict_do_nothing())  # of two that begin at once one waits here
    return db.session.scalars(sa.select(Reckoned).where(Reckoned.id == 1).with_for_update()).one()


def written_since(entry_id: int, upto: int) -> list[int]:
    """The suggestions of which history says something new."""
    wanted = sa.select(Entry.suggestion_id).where(Entry.id > entry_id, Entry.id <= upto).distinct()
    return list(db.session.scalars(wanted.order_by(Entry.suggestion_id)))


def last_entry() -> int:
    return db.session.scalar(sa.select(sa.func.max(Entry.id))) or 0


def in_portions(ids: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(ids), AT_ONCE):
        yield ids[first : first + AT_ONCE]


def every_suggestion() -> Iterator[list[int]]:
    """The numbers of all suggestions, in portions; the next is asked for once one is done."""
    last = 0
    while ids := list(
        db.session.scalars(sa.select(Suggestion.id).where(Suggestion.id > last).order_by(Suggestion.id).limit(AT_ONCE))
    ):
        yield ids
        last = ids[-1]


def calendars() -> dict[str, str]:
    """What the calendar of each congress looks like, in a word: with another one working days are counted anew."""
    found = {}
    for congress_id in db.session.scalars(sa.select(Congress.id)):
        calendar = workdays.calendar(congress_id)
        days = ",".join(
            day.isoformat() for kept in (calendar.off, calendar.worked) for day in (*sorted(kept), date.max)
        )
        found[str(congress_id)] = hashlib.sha256(days.encode()).hexdigest()[:16]
    return found


def forget_all() -> None:
    """Nothing is kept any more; until all is reckoned anew the pages say so."""
    row = hold()
    row.entry_id, row.at = 0, None
    for kind in (Stay, Passed, Tally):
        db.session.execute(sa.delete(kind).execution_options(synchronize_session=False))


def note(entry_id: int, at: datetime, days: dict[str, str]) -> None:
    """All lines up to this one are reckoned, as they stood at this moment."""
    row = hold()
    row.entry_id, row.at, row.calendars = entry_id, at, days


def problems() -> Iterable[Problem]:
    """The tally of stays that are over is not what the stays say."""
    tallied = db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(Tally.stays), 0)))
    over = db.session.scalar(sa.select(sa.func.count(Stay.id)).where(Stay.since_on.is_(None)))
    if tallied != over:
        yield Problem(
            "held_tally",
            N_("Time held is tallied %(tallied)s times for %(over)s stays. Run: flask reckon-held --anew"),
            {"tallied": tallied, "over": over},
        )


def _take_away(ids: list[int], tally: Counter[tuple[Any, ...]], days: Counter[tuple[Any, ...]]) -> None:
    kept = sa.select(*Stay.__table__.c).where(Stay.suggestion_id.in_(ids), Stay.since_on.is_(None))
    for row in db.session.execute(kept).mappings():
        _count(row, -1, tally, days)
    for kind in (Stay, Passed):
        gone = sa.delete(kind).where(kind.suggestion_id.in_(ids))
        db.session.execute(gone.execution_options(synchronize_session=False))


def _count(row: Any, by: int, tally: Counter[tuple[Any, ...]], days: Counter[tuple[Any, ...]]) -> None:
    key = tuple((row[name] or 0) if name == "body_id" else row[name] for name in KEY)
    tally[key] += by
    days[key] += by * row["days"]


def _write_tally(tally: Counter[tuple[Any, ...]], days: Counter[tuple[Any, ...]]) -> None:
    rows = [
        {**dict(zip(KEY, key, strict=True)), "stays": tally[key], "days": days[key]}
        for key in sorted(tally)
        if tally[key] or days[key]
    ]
    if not rows:
        return
    made = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(Tally)
    more = {
        "stays": sa.literal_column("held_tally.stays") + made.excluded.stays,
        "days": sa.literal_column("held_tally.days") + made.excluded.days,
    }
    db.session.execute(made.on_conflict_do_update(index_elements=list(KEY), set_=more), rows)
    db.session.execute(sa.delete(Tally).where(Tally.stays == 0).execution_options(synchronize_session=False))
