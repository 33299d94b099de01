"""How the timetable stands: the last run of each job, the next, and those that hang or failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.errors import N_
from tracker.schedule.models import JobRun
from tracker.schedule.timetable import TIMETABLE, Job
from tracker.stage import Problem


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


def problems() -> Iterator[Problem]:
    """Jobs whose last run failed, or was begun and never ended."""
    for line in lines():
        if line.last is not None and line.state == "failed":
            values = {"job": line.job.name, "slot": line.last.slot, "error": line.last.error}
            yield Problem("job_failed", N_("The job %(job)s failed in slot %(slot)s: %(error)s"), values)
        elif line.last is not None and line.state == "hanging":
            values = {"job": line.job.name, "slot": line.last.slot, "error": None}
            yield Problem("job_hangs", N_("The job %(job)s was begun in slot %(slot)s and has not ended."), values)


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
