"""What is counted by itself: every congress, every night."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.figures import actions, thinning
from tracker.structure.models import Congress


def count_figures(today: date) -> dict[str, Any]:
    """Count every congress, each in a transaction of its own; nightly counts of long ago are thinned out."""
    found = {"counts": 0, "dropped": 0}
    for congress_id in db.session.scalars(sa.select(Congress.id).order_by(Congress.id)).all():
        actions.count(db.session.get_one(Congress, congress_id), by=SYSTEM, on=today, at=clock.now())
        found["dropped"] += thinning.thin(congress_id, on=today)
        db.session.commit()
        found["counts"] += 1
    return found
