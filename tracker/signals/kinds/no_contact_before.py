"""The body answered without having spoken with the deputy."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.handling.models import Contact, Reply
from tracker.signals.kind import REPLY, Asked, SignalKind
from tracker.signals.replies import contacts, submitted


def found(asked: Asked) -> sa.Select[Any]:
    """Submitted replies with no contact noted at all; what was noted later is another kind."""
    return submitted(asked, submitted_on=Reply.submitted_on).where(~contacts(Contact.id).exists())


SIGNAL = SignalKind(
    key="no_contact_before",
    name=N_("No contact before the reply"),
    rule=N_("A reply was submitted, and no contact with the deputy is noted."),
    evidence=N_("Submitted on %(submitted_on)s; contacts noted: none."),
    act=N_("Ask the body for its record of the contact, or send the reply back."),
    found=found,
    evidence_at=REPLY,
    act_at=REPLY,
)
