"""The signs (弱办迹象) that hold of a body's part of a suggestion, as far as a visitor may read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.database import db
from tracker.signals.models import Signal
from tracker.signals.queries import COUNTS
from tracker.signals.readers import readable
from tracker.stage import Visitor
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import sees_all_of_it


class Sign(NamedTuple):
    id: int
    kind: str


def signs_of(visitor: Visitor, chosen: Sequence[int]) -> dict[int, list[Sign]]:
    """Of each of these assignments its signs, the oldest first."""
    found: dict[int, list[Sign]] = {}
    if chosen:
        wanted = _readable(visitor, Signal.assignment_id, Signal.id, Signal.kind)
        for assignment_id, number, kind in db.session.execute(
            wanted.where(Signal.assignment_id.in_(chosen)).order_by(Signal.id)
        ):
            found.setdefault(assignment_id, []).append(Sign(number, kind))
    return found


def _readable(visitor: Visitor, *shown: Any) -> sa.Select[Any]:
    wanted = sa.select(*shown).where(readable(visitor), *COUNTS)
    return wanted if sees_all_of_it(visitor) else wanted.join(Suggestion, Suggestion.id == Signal.suggestion_id)
