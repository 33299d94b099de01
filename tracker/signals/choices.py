"""Which kinds a congress looks for, and with which thresholds: what it chose, or what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.database import db
from tracker.signals.kind import SignalKind
from tracker.signals.known import all_kinds
from tracker.signals.models import SignalChoice


@dataclass(frozen=True)
class Chosen:
    """How one congress looks for one kind."""

    kind: SignalKind
    is_on: bool
    set_at: Mapping[str, int]
    chosen_on: date | None = None  # None: nobody changed what is usual


def chosen(congress_id: int) -> list[Chosen]:
    """Every kind as this congress looks for it, in one statement."""
    last = (
        sa.select(sa.func.max(SignalChoice.id))
        .where(SignalChoice.congress_id == congress_id)
        .group_by(SignalChoice.kind)
    )
    rows = {one.kind: one for one in db.session.scalars(sa.select(SignalChoice).where(SignalChoice.id.in_(last)))}
    return [_as_chosen(kind, rows.get(kind.key)) for kind in all_kinds()]


def choices_of(kind: SignalKind, congress_id: int) -> list[SignalChoice]:
    """What was chosen for a kind, the latest first; none where it was always as usual."""
    wanted = sa.select(SignalChoice).where(SignalChoice.congress_id == congress_id, SignalChoice.kind == kind.key)
    return list(db.session.scalars(wanted.order_by(SignalChoice.id.desc())))


def _as_chosen(kind: SignalKind, row: SignalChoice | None) -> Chosen:
    if row is None:
        return Chosen(kind, is_on=True, set_at=kind.usual())
    return Chosen(kind, row.is_on, {**kind.usual(), **row.thresholds}, row.on)
