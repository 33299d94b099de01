"""What notices do by themselves: drafts whose clocks were met before anybody signed are dropped, with a record."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.notices import actions
from tracker.structure.models import Congress


def drop_met(today: date) -> dict[str, Any]:
    """Look through the drafts of every congress; answers how many items were dropped."""
    dropped = 0
    for congress_id in db.session.scalars(sa.select(Congress.id).order_by(Congress.id)).all():
        dropped += actions.drop_met(congress_id, on=today)
        db.session.commit()
    return {"rows": dropped}
