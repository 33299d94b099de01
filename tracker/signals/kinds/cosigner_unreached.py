"""A co-signer still does not have the reply."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Delivery, Reply, Way
from tracker.handling.queries import DELIVERED
from tracker.signals.kind import About, Asked, Door, SignalKind, Threshold, Unit, told
from tracker.structure.models import Deputy
from tracker.suggestion.models import Suggestion

LIST = Door("handling.undelivered", {})


def found(asked: Asked) -> sa.Select[Any]:
    """Deliveries to others than the lead deputy that were released long ago and have not arrived."""
    whose = sa.case((Delivery.way == Way.RELAYED, "lead"), else_="office")
    facts = {"deputy": Deputy.name, "released_on": Delivery.released_on, "whose": whose}
    return (
        told(Delivery.id, Delivery.released_on, of=Suggestion, **facts)
        .join(Assignment, Assignment.suggestion_id == Suggestion.id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Delivery, Delivery.reply_id == Reply.id)
        .join(Deputy, Deputy.id == Delivery.deputy_id)
        .where(asked.covers(), Assignment.standing.in_(DELIVERED), Reply.from_ledger.is_(False))
        .where(Delivery.on.is_(None), Delivery.released_on <= asked.days_ago("days"))
        .where(Delivery.deputy_id != sa.func.coalesce(Suggestion.lead_deputy_id, 0))
    )


SIGNAL = SignalKind(
    key="cosigner_unreached",
    name=N_("Co-signer without the reply"),
    rule=N_("%(days)s days after its release the reply has not reached a co-signer."),
    evidence=N_("%(deputy)s: released on %(released_on)s, not arrived; %(whose)s."),
    act=N_("Deliver the reply, and record it."),
    found=found,
    about=About.OFFICE,
    thresholds=(Threshold("days", 20, Unit.DAYS, least=1),),
    evidence_at=LIST,
    act_at=LIST,
    words={"whose": {"lead": N_("the lead deputy is to pass it on"), "office": N_("ours to deliver")}},
)
