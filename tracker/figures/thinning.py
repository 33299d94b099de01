"""Counts that nobody asked for are thinned out: of each past week the last one stays, for ever."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from tracker.database import db
from tracker.figures.models import Figure, Reckoning

EVERY_DAY_FOR = timedelta(days=35)


def thin(congress_id: int, *, on: date) -> int:
    """Drop nightly counts older than five weeks, but the last of each week; answers how many were dropped.

    Ninety bodies make some thousand rows a night; whoever made or cited a count (`kept`) finds it again.
    """
    wanted = sa.select(Reckoning.id, Reckoning.on, Reckoning.kept).where(Reckoning.congress_id == congress_id)
    rows = db.session.execute(wanted.order_by(Reckoning.on, Reckoning.id)).all()
    last = {row.on.isocalendar()[:2]: row.id for row in rows}
    old = [row for row in rows if row.on < on - EVERY_DAY_FOR and not row.kept]
    dropped = [row.id for row in old if last[row.on.isocalendar()[:2]] != row.id]
    for one in dropped:
        db.session.execute(sa.delete(Figure).where(Figure.reckoning_id == one))
        db.session.execute(sa.delete(Reckoning).where(Reckoning.id == one))
    return len(dropped)
