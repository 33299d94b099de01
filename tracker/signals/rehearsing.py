"""What a change of thresholds would do, tried without writing anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.database import db
from tracker.signals.finding import found, open_things
from tracker.signals.kind import Asked, SignalKind
from tracker.signals.models import Signal
from tracker.structure.models import Congress
from tracker.workdays.queries import calendar


@dataclass(frozen=True)
class Tried:
    """How many there would be in all, how many of them newly raised, and how many that hold now would be cleared."""

    total: int
    raised: int
    cleared: int


def rehearse(congress: Congress, kind: SignalKind, set_at: Mapping[str, int], *, on: date) -> Tried:
    """Look for a kind with these thresholds, were it on; nothing is written."""
    asked = Asked(congress.id, on, set_at, calendar(congress.id))
    known, total, still = open_things(kind, asked), 0, 0
    for row in found(kind, asked):
        total += 1
        still += row["thing_id"] in known
    return Tried(total, total - still, len(known) - still)


def open_by_kind(congress_id: int) -> dict[str, int]:
    """How many signals of each kind hold, dismissed ones too."""
    wanted = sa.select(Signal.kind, sa.func.count()).where(
        Signal.congress_id == congress_id, Signal.cleared_on.is_(None)
    )
    return dict(db.session.execute(wanted.group_by(Signal.kind)).tuples().all())
