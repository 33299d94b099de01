"""Looking for signals in a test, and what was found."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.signals import finding
from tracker.signals.finding import Looked
from tracker.signals.models import Signal
from tracker.structure.models import Congress


def look(on: date, *suggestion_ids: int) -> Looked:
    """Look at the only congress there is, or at some of its suggestions."""
    congress = db.session.scalars(sa.select(Congress)).one()
    looked = finding.look(congress, on=on, at=clock.now(), suggestion_ids=suggestion_ids or None)
    db.session.flush()
    for one in db.session:  # what is not about signals stays as it was loaded, for the next act
        if isinstance(one, Signal):
            db.session.expire(one)
    return looked


def signs(kind: str) -> list[Signal]:
    """The open signals of a kind, oldest first."""
    wanted = sa.select(Signal).where(Signal.kind == kind, Signal.cleared_on.is_(None)).order_by(Signal.id)
    return list(db.session.scalars(wanted))


def gone(kind: str) -> list[Signal]:
    """The cleared ones."""
    wanted = sa.select(Signal).where(Signal.kind == kind, Signal.cleared_on.is_not(None)).order_by(Signal.id)
    return list(db.session.scalars(wanted))


def facts(kind: str, on: date) -> list[dict[str, Any]]:
    """What is found of a kind on a day, after looking again."""
    look(on)
    return [one.facts for one in signs(kind)]
