"""What time held does by itself: it follows the history."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker import clock
from tracker.audit.actions import nobody_writes
from tracker.database import db
from tracker.held import keeping


def reckon_held(today: date) -> dict[str, Any]:  # noqa: ARG001 - every job is given its day
    """Reckon anew what history says something new of; all of it at first, and when a calendar has changed."""
    kept = keeping.reckoned()
    days = keeping.calendars()
    if kept is None or kept.at is None or kept.calendars != days:
        return reckon_all()
    after, at = kept.entry_id, clock.now()
    if not nobody_writes("entry"):
        db.session.rollback()
        return {"rows": 0}  # the next time reads it too
    upto = keeping.last_entry()
    db.session.commit()  # from here on others may write: what they write has greater numbers
    writer, items = keeping.Kept(), 0
    for ids in keeping.in_portions(keeping.written_since(after, upto)):
        writer.write(ids)
        db.session.commit()
        items += len(ids)
    keeping.note(upto, at, days)
    db.session.commit()
    return {"rows": items}


def reckon_all() -> dict[str, Any]:
    """Reckon everything anew, some hundreds of suggestions at a time."""
    at, days = clock.now(), keeping.calendars()
    keeping.forget_all()
    db.session.commit()
    upto = keeping.last_entry() if nobody_writes("entry") else 0
    db.session.commit()
    writer, items = keeping.Kept(), 0
    for ids in keeping.every_suggestion():
        writer.write(ids)
        db.session.commit()
        items += len(ids)
    keeping.note(upto, at, days)
    db.session.commit()
    return {"rows": items}


def has_work() -> bool:
    """Whether history has gone on since."""
    kept = keeping.reckoned()
    return kept is None or kept.at is None or keeping.last_entry() > kept.entry_id
