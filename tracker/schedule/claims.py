"""Who rings a slot: whoever inserts its row first, or takes it over from one who died. Each function commits.

The primary key (job, slot) decides, so any number of processes and hosts may try at once.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.database import db
from tracker.mail.rules import one_line
from tracker.schedule.models import JobRun
from tracker.schedule.sound import SLACK


@dataclass(frozen=True)
class Claim:
    """A slot that is ours until the lease ends."""

    job: str
    slot: str
    by: str


def claim(job: str, slot: str, *, at: datetime, lease: timedelta) -> Claim | None:
    """Take a slot: a new one, one whose run failed, or one whose run died and let its lease end; None if taken."""
    mine = Claim(
        job, slot, f"{socket.gethostname()[:30]}:{os.getpid()}:{threading.get_ident() % 10**6}:{secrets.token_hex(4)}"
    )
    values = {"claimed_at": at, "claimed_by": mine.by, "lease_until": at + lease}
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    new = dialect.insert(JobRun).values(job=job, slot=slot, **values).on_conflict_do_nothing().returning(JobRun.slot)
    taken = db.session.execute(new).one_or_none() is not None or _change(
        sa.update(JobRun)
        .where(
            JobRun.job == job,
            JobRun.slot == slot,
            JobRun.finished_at.is_(None),
            sa.or_(JobRun.error.is_not(None), _is_over(at, lease)),
        )
        .values(**values, error=None)
    )
    db.session.commit()
    return mine if taken else None


def finish(claimed: Claim, outcome: dict[str, Any], *, at: datetime) -> bool:
    """The slot is done for ever; False if somebody else had taken it over meanwhile."""
    done = _change(_own(sa.update(JobRun), claimed).values(finished_at=at, outcome=outcome, error=None))
    db.session.commit()
    return bool(done)


def fail(claimed: Claim, error: str) -> None:
    """The run failed: shown, and free for another try."""
    _change(_own(sa.update(JobRun), claimed).values(error=one_line(error, 500) or "error"))
    db.session.commit()


def release(claimed: Claim) -> None:
    """Give the slot back as if nobody had rung: its day had not come yet."""
    db.session.execute(_own(sa.delete(JobRun), claimed).execution_options(synchronize_session=False))
    db.session.commit()


def find(job: str, slot: str) -> JobRun | None:
    """What is known of a slot."""
    wanted = sa.select(JobRun).where(JobRun.job == job, JobRun.slot == slot)
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def _is_over(at: datetime, lease: timedelta) -> sa.ColumnElement[bool]:
    """The lease has ended, or ends so late that a clock that stood wrong must have written it."""
    return sa.or_(JobRun.lease_until < at, JobRun.lease_until > at + lease + max(lease, SLACK))


def _own(statement: Any, claimed: Claim) -> Any:
    return statement.where(
        JobRun.job == claimed.job,
        JobRun.slot == claimed.slot,
        JobRun.claimed_by == claimed.by,
        JobRun.finished_at.is_(None),
    )


def _change(statement: Any) -> int:
    return db.session.execute(statement.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined]
