"""What a change of thresholds would do, tried without writing anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from tracker.database import db
from tracker.signals.finding import found, open_things
from tracker.signals.kind import Asked, SignalKind
from tracker.signals.models import Signal
from tracker.structure.models import Congress
from tracker.suggestion.models import Suggestion
from tracker.workdays.queries import calendar

MOST = 2_000  # suggestions looked at while somebody waits for the page: some of their letters are read


@dataclass(frozen=True)
class Tried:
    """How many there would be in all, how many of them newly raised, and how many that hold now would be cleared.

    `among`: of so many suggestions, the newest; None where all were looked at.
    """

    total: int
    raised: int
    cleared: int
    among: int | None = None


def rehearse(congress: Congress, kind: SignalKind, set_at: Mapping[str, int], *, on: date, most: int = MOST) -> Tried:
    """Look for a kind with these thresholds, were it on, in the newest suggestions; nothing is written."""
    asked = Asked(congress.id, on, set_at, calendar(congress.id))
    newest = sa.select(Suggestion.id).where(asked.watches()).order_by(Suggestion.id.desc()).limit(most + 1)
    ids = tuple(db.session.scalars(newest))
    among = most if len(ids) > most else None
    if among is not None:
        asked = replace(asked, ids=ids[:most])
    known, total, still = open_things([kind], asked)[kind.key], 0, 0
    for row in found(kind, asked):
        total += 1
        still += row["thing_id"] in known
    return Tried(total, total - still, len(known) - still, among)


def open_by_kind(congress_id: int) -> dict[str, int]:
    """How many signals of each kind hold, dismissed ones too."""
    wanted = sa.select(Signal.kind, sa.func.count()).where(
        Signal.congress_id == congress_id, Signal.cleared_on.is_(None)
    )
    return dict(db.session.execute(wanted.group_by(Signal.kind)).tuples().all())
