"""A suggestion is recorded, or lies at a hub, and no body has it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.signals.kind import ITEM, About, Asked, SignalKind, Threshold, Unit, told
from tracker.signals.ours import HELD_BY, held_by
from tracker.structure.models import Body
from tracker.suggestion.journey import HANDLED, Stage
from tracker.suggestion.models import Suggestion


def found(asked: Asked) -> Any:
    """Recorded long ago and not handed over, or handed over to a hub long ago and not dispatched onward."""
    at_hub = sa.and_(Assignment.standing.in_(HANDLED), Body.is_hub.is_(True))
    since_on = sa.case((Suggestion.stage == Stage.RECORDED, Suggestion.recorded_on), else_=Assignment.assigned_on)
    is_recorded = Suggestion.stage == Stage.RECORDED
    facts = {"held_on": since_on, "holder": held_by(Body.is_hub.is_(True))}
    return (
        told(Suggestion.id, since_on, of=Suggestion, body_id=Body.id, **facts)
        .outerjoin(Assignment, sa.and_(Assignment.suggestion_id == Suggestion.id, ~is_recorded))
        .outerjoin(Body, Body.id == Assignment.body_id)
        .where(asked.covers(), sa.or_(is_recorded, at_hub))
        .where(since_on < asked.working_days_ago("days"))
    )


SIGNAL = SignalKind(
    key="held_hand_over",
    name=N_("Not handed over"),
    rule=N_("For more than %(days)s working days no body has been given it."),
    evidence=N_("Since %(held_on)s; it lies with %(holder)s."),
    act=N_("Hand it over, or dispatch it onward."),
    found=found,
    about=About.OFFICE,
    thresholds=(Threshold("days", 10, Unit.WORKING_DAYS, least=1, most=120),),
    evidence_at=ITEM,
    act_at=ITEM,
    words=HELD_BY,
)
