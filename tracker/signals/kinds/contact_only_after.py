"""The body spoke with the deputy only after it had answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Contact, Reply
from tracker.signals.kind import REPLY, Asked, SignalKind, told
from tracker.signals.kinds.no_contact_before import ANSWERED


def found(asked: Asked) -> sa.Select[Any]:
    """Submitted replies whose first contact came later."""
    first = sa.select(sa.func.min(Contact.on)).where(Contact.assignment_id == Assignment.id).scalar_subquery()
    return (
        told(Reply.id, Reply.submitted_on, submitted_on=Reply.submitted_on, contact_on=first)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .where(asked.covers(), Assignment.standing.in_(ANSWERED))
        .where(Reply.from_ledger.is_(False), first > Reply.submitted_on)
    )


SIGNAL = SignalKind(
    key="contact_only_after",
    name=N_("Contact only after the reply"),
    rule=N_("The first contact with the deputy is later than the reply."),
    evidence=N_("Submitted on %(submitted_on)s; first contact on %(contact_on)s."),
    act=N_("Ask the deputy whether the contact changed anything."),
    found=found,
    evidence_at=REPLY,
    act_at=REPLY,
)
