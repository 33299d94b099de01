"""The body answered without having spoken with the deputy."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Contact, Reply
from tracker.signals.kind import REPLY, Asked, SignalKind, told
from tracker.suggestion.journey import Standing

ANSWERED = (Standing.SUBMITTED, Standing.DELIVERED, Standing.RATED)


def found(asked: Asked) -> sa.Select[Any]:
    """Submitted replies with no contact noted at all, or only such as were later: replies of ledgers tell nothing."""
    before = sa.select(Contact.id).where(Contact.assignment_id == Assignment.id, Contact.on <= Reply.submitted_on)
    later = sa.select(Contact.id).where(Contact.assignment_id == Assignment.id)
    return (
        told(Reply.id, Reply.submitted_on, submitted_on=Reply.submitted_on)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .where(asked.covers(), Assignment.standing.in_(ANSWERED))
        .where(Reply.submitted_on.is_not(None), Reply.from_ledger.is_(False), ~before.exists(), ~later.exists())
    )


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
