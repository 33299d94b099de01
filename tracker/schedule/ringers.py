"""Who rings: each process says so when it begins and every ten minutes, so that silence is noticed."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import datetime, timedelta

import sqlalchemy as sa

from tracker.database import db, writing
from tracker.schedule.models import Ringer

KEPT = timedelta(days=7)
NAME = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def say(*, at: datetime) -> None:
    """This process rings. Those not heard of for a week are forgotten. Commits."""
    with writing():
        mine = sa.update(Ringer).where(Ringer.name == NAME).values(seen_at=at)
        if not db.session.execute(mine).rowcount:  # type: ignore[attr-defined]
            db.session.add(Ringer(name=NAME, began_at=at, seen_at=at))
        db.session.execute(sa.delete(Ringer).where(Ringer.seen_at < at - KEPT))
        db.session.commit()
