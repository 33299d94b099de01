"""The letter was signed before anybody spoke with the deputy."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.handling.models import Contact, Reply
from tracker.signals.kind import REPLY, Asked, SignalKind
from tracker.signals.replies import contacts, submitted


def found(asked: Asked) -> sa.Select[Any]:
    """Submitted replies whose letter bears an earlier day than the first contact, which came before the submission."""
    first = contacts(sa.func.min(Contact.on)).scalar_subquery()
    return submitted(asked, letter_on=Reply.letter_on, contact_on=first).where(
        first > Reply.letter_on, first <= Reply.submitted_on
    )


SIGNAL = SignalKind(
    key="written_before_contact",
    name=N_("Written before the contact"),
    rule=N_("The letter bears an earlier day than the first contact with the deputy."),
    evidence=N_("Letter of %(letter_on)s; first contact on %(contact_on)s."),
    act=N_("Ask the deputy whether the contact changed anything."),
    found=found,
    evidence_at=REPLY,
    act_at=REPLY,
)
