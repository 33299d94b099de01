"""A reply was released, and we do not deliver it to the lead deputy."""

from __future__ import annotations

from typing import Any

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Delivery, Reply
from tracker.handling.queries import DELIVERED
from tracker.signals.kind import About, Asked, Door, SignalKind, Threshold, Unit, told
from tracker.signals.ours import its_body
from tracker.suggestion.models import Suggestion

LIST = Door("handling.undelivered", {})


def found(asked: Asked) -> Any:
    """Releases to the lead deputy that have not arrived: his time to rate has not even begun."""
    return (
        its_body(told(Delivery.id, Delivery.released_on, of=Suggestion, released_on=Delivery.released_on))
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Delivery, Delivery.reply_id == Reply.id)
        .where(asked.covers(), Assignment.standing.in_(DELIVERED), Reply.from_ledger.is_(False))
        .where(Delivery.on.is_(None), Delivery.deputy_id == Suggestion.lead_deputy_id)
        .where(Delivery.released_on < asked.working_days_ago("days"))
    )


SIGNAL = SignalKind(
    key="held_delivery",
    name=N_("Reply not with the lead deputy"),
    rule=N_("More than %(days)s working days after its release the reply has not reached the lead deputy."),
    evidence=N_("Released on %(released_on)s, not arrived; it lies with our office."),
    act=N_("Deliver the reply, and record it."),
    found=found,
    about=About.OFFICE,
    thresholds=(Threshold("days", 5, Unit.WORKING_DAYS, least=1, most=60),),
    evidence_at=LIST,
    act_at=LIST,
)
