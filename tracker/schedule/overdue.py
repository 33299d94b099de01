"""What should have happened by now and has not: found by its slot, two hours after the bell, the week's by noon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.schedule import sound
from tracker.schedule.models import JobRun
from tracker.schedule.timetable import TIMETABLE, Slot
from tracker.structure.models import Congress
from tracker.suggestion.anyone import Anyone
from tracker.workdays.rules import Calendar

ASKED = tuple(job for job in TIMETABLE if job.slot is not Slot.MINUTE)
LIMIT = "history_until"
NEVER = "9"  # a slot no job has rung before, so that nothing is missed of it


def slots(local: datetime, calendar: Calendar) -> Mapping[str, Any]:
    """The values `missed` is run with: of each job the slot that should be done by now."""
    return {**_due(local.replace(second=0, microsecond=0), calendar), LIMIT: sound.limit()}


@lru_cache(maxsize=8)
def _due(minute: datetime, calendar: Calendar) -> Mapping[str, str]:
    """Of each job the slot that should be done; reckoned once in a minute, for every desk of the office asks."""
    return {_value(job.name): job.overdue_slot(minute, calendar) or NEVER for job in ASKED}


@cache
def missed(_who: Anyone) -> sa.Select[Any]:
    """A row if any job has missed its slot, or none is rung; what never rang on this machine is missed by nobody."""
    return sa.select(Congress.id).where(sa.or_(sound.history_ahead(LIMIT), _missed().exists())).limit(1)


def names(local: datetime, calendar: Calendar) -> list[str]:
    """The jobs that have missed their slot, in the order of the timetable."""
    found = set(db.session.scalars(_missed(), dict(slots(local, calendar))))
    return [job.name for job in ASKED if job.name in found]


@cache
def _missed() -> sa.Select[tuple[str]]:
    """Their names; all jobs in one, as the desk of everybody in the office asks."""
    each = (sa.select(sa.literal(job.name).label("job"), _slot(job.name).label("slot")) for job in ASKED)
    wanted = sa.union_all(*each).subquery("wanted")
    of_job = sa.select(JobRun.slot).where(JobRun.job == wanted.c.job).correlate(wanted)
    is_done = of_job.where(JobRun.slot >= wanted.c.slot, JobRun.finished_at.is_not(None)).exists()
    was_rung = of_job.where(JobRun.slot < wanted.c.slot).exists()
    return sa.select(wanted.c.job).where(wanted.c.slot != NEVER, was_rung, ~is_done)


def _slot(name: str) -> sa.BindParameter[str]:
    return sa.bindparam(_value(name), type_=sa.String)


def _value(name: str) -> str:
    return f"slot_of_{name.replace('-', '_')}"
