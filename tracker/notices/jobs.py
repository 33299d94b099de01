"""What notices do by themselves: drafts whose clocks were met are dropped, and who did not answer is reminded."""

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
    for congress_id in _congresses():
        dropped += actions.drop_met(congress_id, on=today)
        db.session.commit()
    return {"rows": dropped}


def remind(today: date) -> dict[str, Any]:
    """Remind the bodies that have not answered by the day their notice names; answers how many notices those were."""
    reminded = 0
    for congress_id in _congresses():
        reminded += actions.remind(congress_id, on=today)
        db.session.commit()
    return {"rows": reminded}


def _congresses() -> list[int]:
    return list(db.session.scalars(sa.select(Congress.id).order_by(Congress.id)))
