"""Fixing what was said: its digest goes into the trail, which is sealed in the same night."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from tracker.actor import SYSTEM
from tracker.audit.actions import trace
from tracker.database import db
from tracker.proof import things
from tracker.proof.models import Fixed

AT_ONCE = 300  # one line of the trail holds so many digests


def fix(*, at: datetime) -> int:
    """Fix whatever was not fixed yet; answers how many things were. Run before the trail is sealed."""
    count = 0
    for kind in things.NAMES:
        while some := _fix_next(kind, at):
            count += some
    return count


def _fix_next(kind: str, at: datetime) -> int:
    number = things.number_of(kind)
    there = sa.select(Fixed.id).where(Fixed.kind == kind, Fixed.thing_id == number)
    wanted = things.written(kind).where(sa.not_(there.exists())).order_by(number).limit(AT_ONCE)
    found = {thing_id: (suggestion_id, digest) for thing_id, suggestion_id, digest in things.read(wanted)}
    if not found:
        return 0
    digests = {str(thing_id): digest for thing_id, (_of, digest) in found.items()}
    line = trace("fixed", SYSTEM, at=at, kind=kind, rows=len(found), digests=digests)
    db.session.flush()
    rows = [
        {"kind": kind, "thing_id": thing_id, "suggestion_id": of, "trace_id": line.id, "digest": digest}
        for thing_id, (of, digest) in found.items()
    ]
    db.session.execute(sa.insert(Fixed), rows)
    return len(rows)
