"""Jobs made for tests, so that the bell is tried without the stages it rings."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.mail.outbox import Addressee, post
from tracker.schedule.timetable import DAYS, Job, Slot
from tracker.web.models import Press

rung: list[date] = []
wrong: list[str] = []
lock = threading.Lock()


def ring_it(today: date) -> dict[str, Any]:
    """Writes one row and one letter, in two transactions, as jobs do."""
    with lock:
        rung.append(today)
    if wrong:
        raise RuntimeError(wrong[0])
    db.session.add(Press(token=f"bell:{today}:{len(rung)}", at=clock.now(), address="/"))
    db.session.commit()
    to = Addressee("officer:1", "Officer 1", "officer1@bureau.example", "en")
    post("trial", to, key=f"bell:{today}", at=clock.now(), title="Bell", text="It rang.")
    db.session.commit()
    return {"rows": 1}


def ring_early(today: date) -> dict[str, Any]:
    """The job itself finds that its day has not come."""
    rung.append(today)
    return {"due": False}


def presses() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Press)) or 0


CRON = {"day_of_week": ",".join(DAYS), "hour": "6", "minute": "30"}
DAILY = Job("bell", "Ring", "tests.schedule.bells:ring_it", CRON, lease=timedelta(minutes=30))
WEEKLY = Job("week-bell", "Ring", "tests.schedule.bells:ring_it", CRON, slot=Slot.WEEK, first_working_day=True)
EARLY = Job("early-bell", "Ring", "tests.schedule.bells:ring_early", CRON)
