"""What signals do by themselves: every night all is looked at, and within a minute what has just changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.signals import finding
from tracker.signals.finding import Looked
from tracker.signals.models import SignalMark
from tracker.structure.models import Congress
from tracker.suggestion.models import Entry, Suggestion

MOST_LINES = 2_000  # of history that are looked through in one minute
SUGGESTIONS_AT_ONCE = 500  # between two commits, so that nobody who writes waits for long
SUNDAY = 6


def find_signals(today: date) -> dict[str, Any]:
    """Look at every congress; what happens meanwhile is left to the next minute. The whole of it the first time and on
    Sundays; on other days what only reading tells is looked for in what has changed.
    """
    last, looked = _last_entry(), Looked()
    whole = _mark() == 0 or today.weekday() == SUNDAY
    while not whole and has_work():
        looked.add(look_again(today))
    for congress_id in db.session.scalars(sa.select(Congress.id).order_by(Congress.id)).all():
        _look(congress_id, finding.watched(congress_id, today), today, looked, whole=whole)
    if whole:
        _set_mark(max(last, _mark()))
        db.session.commit()
    return looked.told()


def look_again(today: date) -> dict[str, Any]:
    """Look at the suggestions whose history has grown since the last time."""
    entries = sa.select(Entry.id, Entry.suggestion_id).where(Entry.id > _mark()).order_by(Entry.id).limit(MOST_LINES)
    lines, looked = db.session.execute(entries).all(), Looked()
    for congress_id, ids in _by_congress({line.suggestion_id for line in lines}).items():
        _look(congress_id, ids, today, looked)
    if lines:
        _set_mark(max(lines[-1].id, _mark()))
        db.session.commit()
    return looked.told()


def _look(congress_id: int, suggestion_ids: list[int], today: date, looked: Looked, *, whole: bool = True) -> None:
    for start in range(0, len(suggestion_ids), SUGGESTIONS_AT_ONCE):
        ids = suggestion_ids[start : start + SUGGESTIONS_AT_ONCE]
        _hold_mark()
        congress = db.session.get_one(Congress, congress_id)
        found = finding.look(congress, on=today, at=clock.now(), suggestion_ids=ids, whole=whole)
        db.session.commit()
        looked.add(vars(found))


def has_work() -> bool:
    """Whether the history has grown since it was last looked through."""
    return _last_entry() > _mark()


def _by_congress(ids: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for start in range(0, len(ids), 500):
        some = sorted(ids)[start : start + 500]
        rows = sa.select(Suggestion.congress_id, Suggestion.id).where(Suggestion.id.in_(some))
        for congress_id, suggestion_id in db.session.execute(rows.order_by(Suggestion.id)):
            found.setdefault(congress_id, []).append(suggestion_id)
    return found


def _last_entry() -> int:
    return db.session.scalar(sa.select(sa.func.max(Entry.id))) or 0


def _mark() -> int:
    return db.session.scalar(sa.select(SignalMark.entry_id).where(SignalMark.id == 1)) or 0


def _hold_mark() -> None:
    """Night and minute do not look at the same time: both would raise the same thing (SQLite has one writer anyway)."""
    db.session.execute(sa.select(SignalMark.id).where(SignalMark.id == 1).with_for_update())


def _set_mark(entry_id: int) -> None:
    mark = db.session.get(SignalMark, 1)
    if mark is None:
        db.session.add(SignalMark(id=1, entry_id=entry_id))
    else:
        mark.entry_id = entry_id
