"""Tries at a secret: written down before they are looked at, so that parallel ones all count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.people import rules
from tracker.people.models import Attempt


def failed(asked: Any, key: str, since: datetime) -> int:
    """How many tries under this key were wrong, asked of a session or of a connection."""
    wanted = sa.select(sa.func.count()).where(Attempt.key == key, Attempt.at >= since, Attempt.failed.is_(True))
    return asked.scalar(wanted) or 0


def write_down(connection: sa.Connection, key: str, *, at: datetime) -> int:
    """One more try; answers how many there were of late, this one among them."""
    connection.execute(sa.insert(Attempt).values(key=key, at=at, failed=True))
    return failed(connection, key, at - rules.WINDOW)
