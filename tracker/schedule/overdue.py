"""What should have happened by now and has not: found by its slot, two hours after the bell, the week's by noon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
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
    asked = {_value(job.name): job.overdue_slot(local, calendar) or NEVER for job in ASKED}
    return {**asked, LIMIT: sound.limit()}


@cache
def missed(_who: Anyone) -> sa.Select[Any]:
    """A row if any job has missed its slot, or none is rung; what never rang on this machine is missed by nobody."""
    found = sa.or_(sound.history_ahead(LIMIT), *(_is_missed(job.name) for job in ASKED))
    return sa.select(Congress.id).where(found).limit(1)


def names(local: datetime, calendar: Calendar) -> list[str]:
    """The jobs that have missed their slot."""
    asked = sa.select(*(_is_missed(job.name) for job in ASKED))
    found = db.session.execute(asked, dict(slots(local, calendar))).one()
    return [job.name for job, is_missed in zip(ASKED, found, strict=True) if is_missed]


def _is_missed(name: str) -> sa.ColumnElement[bool]:
    slot = sa.bindparam(_value(name), type_=sa.String)
    of_job = sa.select(JobRun.slot).where(JobRun.job == name).correlate(None)
    is_done = of_job.where(JobRun.slot >= slot, JobRun.finished_at.is_not(None)).exists()
    was_rung = of_job.where(JobRun.slot < slot).exists()
    return sa.and_(slot != NEVER, was_rung, ~is_done)


def _value(name: str) -> str:
    return f"slot_of_{name.replace('-', '_')}"
