"""The body spoke with the deputy only after it had answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.handling.models import Contact, Reply
from tracker.signals.kind import REPLY, Asked, SignalKind
from tracker.signals.replies import contacts, submitted


def found(asked: Asked) -> sa.Select[Any]:
    """Submitted replies whose first contact came later."""
    first = contacts(sa.func.min(Contact.on)).scalar_subquery()
    return submitted(asked, submitted_on=Reply.submitted_on, contact_on=first).where(first > Reply.submitted_on)


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
