"""What a body may see before anything is handed over: suggestions whose proposals are on their round (预分办)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.stage import Visitor
from tracker.structure.succession import and_before
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Entry, Suggestion

# What is said before the hand-over meeting stays in the building; of an objection a body reads its own only.
OBJECTIONS = ("object_to_proposal", "settle_objection")
BEFORE_THE_MEETING = ("circulate", "agree_to_proposal", *OBJECTIONS)


def going_round(visitor: Visitor, bodies: Any = None) -> sa.ColumnElement[bool]:
    """Recorded suggestions circulated to this body, or to these bodies, and only while they are.

    The holder of a mailed link sees those of its one round.
    """
    row = Suggestion.circulated.property.mapper.class_
    theirs = and_before(visitor.body_id) if bodies is None else bodies
    wanted = sa.select(row.suggestion_id).where(row.body_id.in_(theirs), row.ended_on.is_(None))
    if visitor.circulation_id is not None:
        wanted = wanted.where(row.circulation_id == visitor.circulation_id)
    return sa.and_(Suggestion.stage == Stage.RECORDED, Suggestion.id.in_(wanted))


def said_by_others(visitor: Visitor) -> sa.ColumnElement[bool]:
    """Lines of the history about another body's objection."""
    own = sa.func.coalesce(Entry.body_id, 0).in_(and_before(visitor.body_id))
    return sa.and_(Entry.move.in_(OBJECTIONS), sa.not_(own))
