"""The deputy wished to be spoken with, and got letters."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.handling.models import Contact, Manner, Reply
from tracker.signals.kind import REPLY, Asked, SignalKind
from tracker.signals.replies import contacts, submitted
from tracker.suggestion.models import Suggestion


def found(asked: Asked) -> sa.Select[Any]:
    """Submitted replies to those who ticked the wish to be contacted, with letters and no word by mouth before."""
    before = Contact.on <= Reply.submitted_on
    letters = contacts(sa.func.count(Contact.id)).where(before).scalar_subquery()
    spoken = contacts(Contact.id).where(before, Contact.manner != Manner.LETTER)
    return submitted(asked, times=letters, submitted_on=Reply.submitted_on).where(
        Suggestion.contact_wanted, letters > 0, ~spoken.exists()
    )


SIGNAL = SignalKind(
    key="contact_by_letter",
    name=N_("Contact by letter only"),
    rule=N_("The deputy wished to be spoken with, and before the reply was only written to."),
    evidence=N_("Letters: %(times)s; visits, meetings and calls before %(submitted_on)s: none."),
    act=N_("Let the body call or visit the deputy, and note it."),
    found=found,
    evidence_at=REPLY,
    act_at=REPLY,
)
