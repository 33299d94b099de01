"""Whether the clock can be right: it cannot stand a day before what the history has seen already, or before our build.

While it does, nothing is rung: what is written at a wrong time is hard to take back. Whoever knows that the history was
written by a clock that ran ahead, and that the present one is right, says so once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import sqlalchemy as sa

from tracker import clock
from tracker.database import Instant, db
from tracker.schedule.models import JobRun
from tracker.settings import ROOT
from tracker.suggestion.models import Entry

A_DAY = timedelta(days=1)
SLACK = timedelta(minutes=2)  # by so much may the clocks of two machines differ
LOOKED_AT = 200  # lines of history from the end: so many must have been written since, until a wrong one is forgotten
CONFIRMED = "confirm-clock"  # kept like a job, whose slot is the moment that was declared wrong


def limit() -> datetime:
    """By this moment all history must have been written."""
    return clock.now() + A_DAY


def history_ahead(limit_name: str) -> sa.ColumnElement[bool]:
    """Whether one of the last lines was written after the moment of that name."""
    late = sa.bindparam(limit_name, type_=Instant)
    return sa.exists(sa.select(_last_lines().c.at).where(_last_lines().c.at > late).correlate(None))


def ahead() -> datetime | None:
    """The latest moment in the history, if that has not come yet by more than a day and nobody has called it wrong."""
    latest = db.session.scalar(sa.select(sa.func.max(_last_lines().c.at)))
    if latest is None or latest <= limit():
        return None
    confirmed = db.session.scalar(sa.select(sa.func.max(JobRun.slot)).where(JobRun.job == CONFIRMED))
    return None if confirmed is not None and confirmed >= _slot(latest) else latest


@cache
def _last_lines() -> sa.Subquery:
    """Found from the end: asked for what follows a number, PostgreSQL would read all the history."""
    return sa.select(Entry.at).order_by(Entry.id.desc()).limit(LOOKED_AT).subquery("last_lines")


def confirm() -> datetime | None:
    """The present clock is right, that of the history was wrong: ring again. Up to when; None if all is well."""
    latest = ahead()
    if latest is not None:
        now = clock.now()
        times = {"claimed_at": now, "lease_until": now, "finished_at": now}
        db.session.add(JobRun(job=CONFIRMED, slot=_slot(latest), claimed_by="by hand", outcome={}, **times))
    return latest


def differs() -> timedelta:
    """How far this clock is from the database's, where that is another machine's; nothing if it is near enough.

    By such a clock a letter somebody is sending just now looks forsaken, and would be sent once more.
    """
    if db.engine.dialect.name != "postgresql" or clock.is_moved():
        return timedelta(0)
    theirs: datetime = db.session.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    off = clock.now() - theirs
    return off if abs(off) > SLACK else timedelta(0)


def before_build() -> datetime | None:
    """When the newest file of this program was written, if that has not come yet by more than a day.

    A machine that lost its clock wakes up years ago; an empty history cannot show it, our own files can.
    """
    newest = _newest_file()
    return None if clock.is_moved() or newest <= limit() else newest


@cache
def _newest_file() -> datetime:
    package = ROOT / "tracker"
    return datetime.fromtimestamp(max(one.stat().st_mtime for one in package.rglob("*.py")), tz=UTC)


def is_sound() -> bool:
    """Whether anything may be rung by this clock."""
    return before_build() is None and ahead() is None and not differs()


def _slot(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
