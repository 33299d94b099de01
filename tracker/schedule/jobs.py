"""Night work: sealing the history, and sweeping away what nobody needs any more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.audit import actions as audit
from tracker.audit.models import Aside, Trace
from tracker.database import db, take_stock
from tracker.feedback.models import RatingNetwork
from tracker.files import store
from tracker.ledgers import uploads
from tracker.people.models import Attempt, NetworkSeen
from tracker.proof import actions as proof
from tracker.schedule.models import JobRun
from tracker.web.models import Press

KEEP_PRESSES = timedelta(days=30)
KEEP_ATTEMPTS = timedelta(days=30)
KEEP_MINUTES = timedelta(days=7)
KEEP_NETWORKS = timedelta(days=180)
KEEP_ASIDES = timedelta(days=365)  # 网络安全法 第二十一条 asks for six months; the traces themselves stay


def seal_history(today: date) -> dict[str, Any]:  # noqa: ARG001 - every job is given its day
    """Fix what was said since, and hash the day's history into the chain; answers how many rows were sealed."""
    proof.fix(at=clock.now())
    sealed = audit.seal(at=clock.now())
    db.session.commit()
    return {"rows": sealed}


def sweep(today: date) -> dict[str, Any]:
    """Delete tokens of old forms, old tries to sign in, networks nobody acts from any more, and the minutes in which
    the letter carrier went round.

    Then the database sees how much is left of everything.
    """
    now = clock.now()
    presses = _delete(sa.delete(Press).where(Press.at < now - KEEP_PRESSES))
    attempts = _delete(sa.delete(Attempt).where(Attempt.at < now - KEEP_ATTEMPTS))
    minutes = _delete(
        sa.delete(JobRun).where(
            JobRun.job == "send-letters", JobRun.finished_at.is_not(None), JobRun.claimed_at < now - KEEP_MINUTES
        )
    )
    networks = _forget_networks(today)
    old = sa.select(Trace.id).where(Trace.at < now - KEEP_ASIDES)
    asides = audit.erase_aside(Aside.trace_id.in_(old))
    db.session.commit()
    files = store.sweep(now) + uploads.sweep(now)
    take_stock()
    return {
        "presses": presses,
        "attempts": attempts,
        "minutes": minutes,
        "networks": networks,
        "asides": asides,
        "files": files,
    }


def _forget_networks(today: date) -> int:
    """Where people acted from is forgotten; that a rating came from there stays, without what it was compared by."""
    early = today - KEEP_NETWORKS
    compared = sa.update(RatingNetwork).where(RatingNetwork.on < early, RatingNetwork.network.is_not(None))
    db.session.execute(compared.values(network=None).execution_options(synchronize_session=False))
    return _delete(sa.delete(NetworkSeen).where(NetworkSeen.last_on < early))


def _delete(statement: sa.Delete) -> int:
    return db.session.execute(statement.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined]
