"""How the timetable stands: the last run of each job, the next, and those that hang or failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.errors import N_
from tracker.schedule import overdue, sound
from tracker.schedule.models import JobRun
from tracker.schedule.timetable import JOBS, TIMETABLE, Job, Slot
from tracker.stage import Problem
from tracker.structure.models import Congress
from tracker.workdays.queries import calendar
from tracker.workdays.rules import Calendar

SHOWN, MOST_SHOWN = timedelta(days=15), 60
FAST_CLOCK = timedelta(days=1)
CLOCK_WRONG = N_(
    "The history has lines of %(at)s, which has not come yet. Nothing happens by itself until the clock is set right;"
    " if it is right, say so with confirm-clock."
)
CLOCK_EARLY = N_(
    "The clock stands before this program was built (%(at)s). Nothing happens by itself until it is set right."
)
CLOCK_DIFFERS = N_(
    "This clock differs from the database's by %(minutes)s minutes. Nothing happens by itself here until they agree."
)


@dataclass(frozen=True)
class Line:
    """One job with its last run and the present state of it: never, running, hanging, failed or done."""

    job: Job
    last: JobRun | None
    state: str
    counts: tuple[tuple[str, int], ...]
    next_at: datetime | None = None


def last_runs() -> dict[str, JobRun]:
    """The run claimed last, of each job."""
    newest = sa.select(JobRun.job, sa.func.max(JobRun.claimed_at).label("at")).group_by(JobRun.job).subquery()
    same = sa.and_(JobRun.job == newest.c.job, JobRun.claimed_at == newest.c.at)
    return {row.job: row for row in db.session.scalars(sa.select(JobRun).join(newest, same).order_by(JobRun.slot))}


def lines() -> list[Line]:
    """The timetable with what came of it, in its order."""
    runs = last_runs()
    return [_line(job, runs.get(job.name)) for job in TIMETABLE]


def recent() -> list[Line]:
    """The last runs of what is done daily or weekly, the newest first."""
    asked = [job.name for job in TIMETABLE if job.slot is not Slot.MINUTE]
    wanted = sa.select(JobRun).where(JobRun.job.in_(asked), JobRun.claimed_at >= clock.now() - SHOWN)
    found = db.session.scalars(wanted.order_by(JobRun.claimed_at.desc(), JobRun.job).limit(MOST_SHOWN))
    return [_line(JOBS[run.job], run) for run in found]


def present_calendar() -> Calendar:
    """The days by which the timetable tells its own week: those of the congress, or the nation's if there are more."""
    ids = db.session.scalars(sa.select(Congress.id).limit(2)).all()
    return calendar(ids[0] if len(ids) == 1 else None)


def problems() -> Iterator[Problem]:
    """Jobs whose last run failed or never ended, what has not happened, and a clock that stands before its own past."""
    now = clock.now()
    for name in overdue.names(clock.local(now), present_calendar()):
        slot = JOBS[name].overdue_slot(clock.local(now), present_calendar())
        missed = {"job": name, "slot": slot}
        yield Problem("job_missed", N_("The job %(job)s has not run in slot %(slot)s, and its time is over."), missed)
    last = db.session.scalar(sa.select(sa.func.max(JobRun.claimed_at)))
    if last is not None and last > now + FAST_CLOCK:
        ahead = {"at": clock.local(last).strftime("%Y-%m-%d %H:%M")}
        yield Problem("clock_behind", N_("A job ran at %(at)s, which has not come yet: a clock is wrong."), ahead)
    yield from _clock()
    for line in lines():
        if line.last is not None and line.state == "failed":
            values = {"job": line.job.name, "slot": line.last.slot, "error": line.last.error}
            yield Problem("job_failed", N_("The job %(job)s failed in slot %(slot)s: %(error)s"), values)
        elif line.last is not None and line.state == "hanging":
            values = {"job": line.job.name, "slot": line.last.slot, "error": None}
            yield Problem("job_hangs", N_("The job %(job)s was begun in slot %(slot)s and has not ended."), values)


def _clock() -> Iterator[Problem]:
    """What makes the clock unfit to ring by."""
    if (until := sound.ahead()) is not None:
        yield Problem("clock_wrong", CLOCK_WRONG, {"at": clock.local(until).strftime("%Y-%m-%d %H:%M")})
    if (built := sound.before_build()) is not None:
        yield Problem("clock_early", CLOCK_EARLY, {"at": clock.local(built).strftime("%Y-%m-%d %H:%M")})
    if off := sound.differs():
        yield Problem("clock_differs", CLOCK_DIFFERS, {"minutes": round(off.total_seconds() / 60)})


def _line(job: Job, last: JobRun | None) -> Line:
    outcome = (last.outcome if last else None) or {}
    counts = tuple((name, value) for name, value in outcome.items() if type(value) is int)
    return Line(job, last, _state(last), counts)


def _state(last: JobRun | None) -> str:
    if last is None:
        return "never"
    if last.error:
        return "failed"
    if last.finished_at:
        return "done"
    return "hanging" if last.lease_until < clock.now() else "running"
