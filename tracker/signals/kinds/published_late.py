"""A reply that may be public was published late, or not at all."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Reply
from tracker.signals.kind import REPLY, Asked, SignalKind, told
from tracker.suggestion.journey import Standing


def found(asked: Asked) -> sa.Select[Any]:
    """Delivered replies whose clock of the publication passed; it runs only where body and deputy agreed to it."""
    until = sa.func.coalesce(Deadline.met_on, sa.literal(asked.on, sa.Date))
    how = sa.case((Deadline.met_on.is_(None), "not"), else_="late")
    return (
        told(Reply.id, Deadline.due_on, due_on=Deadline.due_on, how=how)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Deadline, sa.and_(Deadline.reply_id == Reply.id, Deadline.kind == Kind.PUBLISH))
        .where(asked.covers(), Assignment.standing.in_((Standing.DELIVERED, Standing.RATED)))
        .where(Reply.from_ledger.is_(False), Deadline.voided_on.is_(None), Deadline.due_on < until)
    )


SIGNAL = SignalKind(
    key="published_late",
    name=N_("Published late or not"),
    rule=N_("A reply that may be public was not published by its last day."),
    evidence=N_("To be published by %(due_on)s; %(how)s."),
    act=N_("Ask the body where it is published, and note it."),
    found=found,
    evidence_at=REPLY,
    act_at=REPLY,
    words={"how": {"not": N_("not published yet"), "late": N_("published later")}},
)
