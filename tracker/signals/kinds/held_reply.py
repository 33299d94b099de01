"""A reply was submitted, and we do not read it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline, Holder
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Reply
from tracker.signals.kind import REPLY, About, Asked, SignalKind, Threshold, Unit, told
from tracker.signals.ours import HELD_BY, held_by, hub_id, its_body
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion


def found(asked: Asked) -> Any:
    """Submitted replies neither delivered nor sent back; where the rules let a hub read, the hub reads."""
    by_hub = Deadline.holder == Holder.HUB
    facts = {"submitted_on": Reply.submitted_on, "holder": held_by(by_hub)}
    clock = sa.and_(Deadline.reply_id == Reply.id, Deadline.kind == Kind.CHECK, IS_OPEN)
    return (
        its_body(told(Reply.id, Reply.submitted_on, of=Suggestion, body_id=hub_id(by_hub), **facts))
        .join(Reply, Reply.assignment_id == Assignment.id)
        .outerjoin(Deadline, clock)
        .where(asked.covers(), Assignment.standing == Standing.SUBMITTED)
        .where(Reply.submitted_on < asked.working_days_ago("days"))
    )


SIGNAL = SignalKind(
    key="held_reply",
    name=N_("Reply not read"),
    rule=N_("A submitted reply is neither delivered nor sent back for more than %(days)s working days."),
    evidence=N_("Submitted on %(submitted_on)s; it lies with %(holder)s."),
    act=N_("Read the reply."),
    found=found,
    about=About.OFFICE,
    thresholds=(Threshold("days", 5, Unit.WORKING_DAYS, least=1, most=60),),
    evidence_at=REPLY,
    act_at=REPLY,
    words=HELD_BY,
)
