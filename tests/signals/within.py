"""Looking within a transaction, so that what a test holds in its hands can be acted on afterwards."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.signals import finding
from tracker.signals.models import Signal
from tracker.structure.models import Congress


def look(on: date, *suggestion_ids: int) -> None:
    """Look at the only congress there is, or at some of its suggestions."""
    db.session.flush()
    congress = db.session.scalars(sa.select(Congress)).one()
    finding.look(congress, on=on, at=clock.now(), suggestion_ids=suggestion_ids or None)
    for one in list(db.session):
        if isinstance(one, Signal):
            db.session.expire(one)
