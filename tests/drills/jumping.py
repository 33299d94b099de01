"""Clocks that are wrong: set an hour forth and back, nine and thirty days ahead, and two that differ."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tests.drills import ledger
from tests.drills.workers import CONTEXT, WAIT_SECONDS, Settings, bells, patience, ring_all, working
from tests.outside import MailSink
from tracker.database import db
from tracker.mail.models import Letter, LetterState
from tracker.schedule.models import JobRun
from tracker.schedule.timetable import JOBS, Slot

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# What happens to the clock before a day's bells; between them a day passes.
JUMPS = (HOUR, 9 * DAY, -HOUR, -HOUR, 0 * HOUR, HOUR, -9 * DAY, 9 * DAY, 30 * DAY, HOUR, -30 * DAY, 31 * DAY, -HOUR)
SKEWS = (timedelta(0), timedelta(seconds=100))  # whoever is more than two minutes off does not ring
Moment = tuple[datetime, tuple[str, ...]]


def moments(first: datetime, times: int, skew: timedelta) -> list[Moment]:
    """Every bell of so many days as such a clock shows it; after the last a day more, on which all are right."""
    found, day, off = [], first, timedelta(0)
    for number in range(times):
        jump = JUMPS[number % len(JUMPS)]
        day += DAY + (jump if abs(jump) >= DAY else timedelta(0))
        off += jump if abs(jump) < DAY else timedelta(0)
        found += [(moment + off + skew, names) for moment, names in bells(day, 1)]
    return found


def latest(first: datetime, times: int) -> datetime:
    """The day after the last that any clock showed."""
    return max(moment for moment, _names in moments(first, times, max(SKEWS))) + DAY


def jump(settings: Settings, first: datetime, times: int) -> list[int]:
    """Two processes ring through jumping days, one by a fast clock; then both on the day after, by a right one."""
    together, counts = CONTEXT.Barrier(len(SKEWS)), CONTEXT.Queue()
    end = bells(latest(first, times), 1)
    each = [(settings, moments(first, times, skew) + end, together, counts) for skew in SKEWS]
    with working(ring_all, each) as workers:
        done = sorted(counts.get(timeout=patience(times)) for _ in workers)
        for worker in workers:
            worker.join(WAIT_SECONDS)
            assert worker.exitcode == 0
    return done


def left(app: Any, sink: MailSink) -> dict[str, Any]:
    """What the wrong clocks left: slots done once, letters once, all of them sent, and which steps were taken."""
    with app.app_context():
        twice = ledger.doubles()
        rows = db.session.execute(sa.select(JobRun.job, JobRun.finished_at)).all()
        unsent = sa.select(sa.func.count()).select_from(Letter).where(Letter.state == LetterState.WAITING)
        waiting = db.session.scalar(unsent) or 0
        everything = ledger.everything()
    days = [row for row in rows if JOBS[row.job].slot is not Slot.MINUTE]
    ids = [str(got["Message-ID"]) for got in sink.letters]
    return {
        "slots": len(days),
        "unfinished": sum(row.finished_at is None for row in days),
        "twice": sum(twice.values()),
        "letters": sum(everything["letters"].values()),
        "waiting": waiting,
        "delivered twice": len(ids) - len(set(ids)),
        "steps": {row[:3] for row in everything["steps"]},
    }
