"""What the ladder does by itself: rungs are raised every day, digests are written on working days."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import current_app

from tracker import clock
from tracker.database import db
from tracker.escalation import actions, digests, letters
from tracker.structure.models import Congress
from tracker.workdays import queries as workdays
from tracker.workdays.rules import is_working_day


def raise_alarms(today: date) -> dict[str, Any]:
    """Raise every rung reached by the day, congress by congress; nothing is raised twice."""
    found = {"rows": 0, "told": 0}
    for congress_id in _congresses():
        congress = db.session.get_one(Congress, congress_id)
        raised = actions.raise_alarms(congress, today, at=clock.now())
        db.session.commit()
        found["rows"] += raised.alarms
        found["told"] += raised.told
    return found


def send_digests(today: date) -> dict[str, Any]:
    """Write the day's digests into the outbox; on days off they wait, and a person who has today's gets no second."""
    written = lines = 0
    for congress_id in _congresses():
        calendar = workdays.calendar(congress_id)
        if not is_working_day(today, calendar):
            continue
        for some in digests.waiting(congress_id, today, calendar):
            posted = letters.digests(some, on=today, at=clock.now(), link_days=current_app.config["LINK_DAYS"])
            for digest, letter in zip(some, posted, strict=True):
                lines += actions.mark_told(digest.lines, letter, at=clock.now())
            written += len(posted)
            db.session.commit()
    return {"letters": written, "rows": lines}


def _congresses() -> list[int]:
    return list(db.session.scalars(sa.select(Congress.id).order_by(Congress.id)))
