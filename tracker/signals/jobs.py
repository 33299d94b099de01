"""What signals do by themselves: every night all is looked at, and within a minute what has just changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.signals import finding
from tracker.signals.choices import Chosen, chosen
from tracker.signals.finding import Looked
from tracker.signals.models import SignalMark
from tracker.structure.models import Congress
from tracker.suggestion.models import Entry, Suggestion

MOST_LINES = 2_000  # of history that are looked through in one minute
SUGGESTIONS_AT_ONCE = 1_000  # between two commits, so that nobody who writes waits for long
WEEK = timedelta(days=7)
SUNDAY = 6

Which = Callable[[Chosen], bool]


def find_signals(today: date) -> dict[str, Any]:
    """Look at every congress, all of it the first time and on Sundays; on other days what only reading tells is looked
    for in what has changed. What happens meanwhile is left to the next minute.

    A night that broke off goes on where it was; rung again at its end it looks at what has changed since.
    """
    looked, letters = Looked(), _begin_night(today)
    while has_work():
        looked.add(look_again(today))
    for congress_id in db.session.scalars(sa.select(Congress.id).order_by(Congress.id)).all():
        _look_by_night(congress_id, today, looked, letters=letters)
    _mark().letters_due = False
    db.session.commit()
    return looked.told()


def look_again(today: date) -> dict[str, Any]:
    """Look at the suggestions whose history has grown since the last time."""
    entries = sa.select(Entry.id, Entry.suggestion_id).where(Entry.id > _read_to()).order_by(Entry.id).limit(MOST_LINES)
    lines, looked = db.session.execute(entries).all(), Looked()
    for congress_id, ids in _by_congress({line.suggestion_id for line in lines}).items():
        for some in _parts(ids):
            _look(congress_id, some, today, looked)
            db.session.commit()
    if lines:
        mark = _mark()
        mark.entry_id = max(lines[-1].id, mark.entry_id)
        db.session.commit()
    return looked.told()


def has_work() -> bool:
    """Whether the history has grown since it was last looked through."""
    return _last_entry() > _read_to()


def _begin_night(today: date) -> bool:
    """Whether all letters are to be read, until a night has read them to the end."""
    if db.session.get(SignalMark, 1) is None:
        db.session.add(SignalMark(id=1, entry_id=_last_entry()))
        db.session.flush()
    mark = _mark()
    if mark.night_on != today:
        mark.night_on, mark.night_congress_id, mark.night_suggestion_id = today, 0, 0
        mark.letters_due |= today.weekday() == SUNDAY
    letters_due = mark.letters_due
    db.session.commit()
    return letters_due


def _look_by_night(congress_id: int, today: date, looked: Looked, *, letters: bool) -> None:
    """Part by part, each marked with its commit; in parts that are done what was chosen today is looked for anew."""
    is_chosen_anew = any(_is_of_today(one, today) for one in chosen(congress_id))
    for some in _parts(finding.watched(congress_id, today)):
        mark = _mark()
        reached = (mark.night_congress_id, mark.night_suggestion_id)
        if (congress_id, some[-1]) <= reached:
            if is_chosen_anew:
                _look(congress_id, some, today, looked, lambda one: _is_of_today(one, today))
        else:
            if mark.night_congress_id < congress_id:
                _look(congress_id, None, today, looked, lambda one: one.kind.across)
            _look(congress_id, some, today, looked, lambda one: _is_in_part(one, today, letters=letters))
            mark = _mark()
            mark.night_congress_id, mark.night_suggestion_id = congress_id, some[-1]
        db.session.commit()


def _is_in_part(one: Chosen, today: date, *, letters: bool) -> bool:
    """The kinds that read letters only where all are read, or where the congress chose anew within the week."""
    is_new = one.chosen_on is not None and today - one.chosen_on <= WEEK
    return not one.kind.across and (letters or is_new or not one.kind.weekly)


def _is_of_today(one: Chosen, today: date) -> bool:
    return one.chosen_on == today


def _look(
    congress_id: int, ids: list[int] | None, today: date, looked: Looked, which: Which = lambda _kind: True
) -> None:
    _mark()
    congress = db.session.get_one(Congress, congress_id)
    looked.add(vars(finding.look(congress, on=today, at=clock.now(), suggestion_ids=ids, which=which)))


def _parts(ids: list[int]) -> list[list[int]]:
    return [ids[start : start + SUGGESTIONS_AT_ONCE] for start in range(0, len(ids), SUGGESTIONS_AT_ONCE)]


def _by_congress(ids: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for some in _parts(sorted(ids)):
        rows = sa.select(Suggestion.congress_id, Suggestion.id).where(Suggestion.id.in_(some))
        for congress_id, suggestion_id in db.session.execute(rows.order_by(Suggestion.id)):
            found.setdefault(congress_id, []).append(suggestion_id)
    return found


def _last_entry() -> int:
    return db.session.scalar(sa.select(sa.func.max(Entry.id))) or 0


def _read_to() -> int:
    return db.session.scalar(sa.select(SignalMark.entry_id).where(SignalMark.id == 1)) or 0


def _mark() -> SignalMark:
    """Held until the commit: night and minute do not look at the same time, both would raise the same thing (SQLite has
    one writer anyway).
    """
    mark = db.session.get(SignalMark, 1, with_for_update=True)
    if mark is None:
        mark = SignalMark(id=1, entry_id=0)
        db.session.add(mark)
        db.session.flush()
    return mark
