"""What dispatch does by itself: advice for what waits for its bodies, and how good the advice was."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch import advice
from tracker.structure.models import Congress

MOST = 500  # suggestions advised in one night


def advise_bodies(today: date) -> dict[str, Any]:
    """Write down the advice for what waits, congress by congress, and measure it on the last ones handed over."""
    found = {"rows": 0, "measured": 0}
    for congress_id in db.session.scalars(sa.select(Congress.id).order_by(Congress.id)).all():
        found["rows"] += advice.keep_advice(advice.unadvised(congress_id, limit=MOST), on=today)
        measured = advice.measure(congress_id, on=today)
        found["measured"] += measured.asked if measured else 0
        db.session.commit()
    return found
