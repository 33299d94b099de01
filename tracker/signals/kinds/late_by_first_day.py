"""A last day that was moved hides that the first one has passed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.signals.kind import Asked, SignalKind, told
from tracker.suggestion.journey import LIVE, Standing

KEPT = (*LIVE, Standing.DELIVERED, Standing.RATED)


def found(asked: Asked) -> sa.Select[Any]:
    """Replies in time against the present day and late against the first, moved by a person's decision.

    A calendar that was loaded or changed moves days too; that hides nothing.
    """
    until = sa.func.coalesce(Deadline.met_on, sa.literal(asked.on, sa.Date))
    clock = {"first_on": Deadline.original_due_on, "due_on": Deadline.due_on, "moved": Deadline.moved_count}
    return (
        told(Assignment.id, Deadline.original_due_on, **clock)
        .join(Deadline, sa.and_(Deadline.assignment_id == Assignment.id, Deadline.kind.in_(REPLIES)))
        .where(asked.covers(), Assignment.standing.in_(KEPT), Assignment.pending_case.is_(False))
        .where(Deadline.voided_on.is_(None), Deadline.moved_count > 0)
        .where(Deadline.original_due_on < until, Deadline.due_on >= until)
    )


SIGNAL = SignalKind(
    key="late_by_first_day",
    name=N_("Late against the first last day"),
    rule=N_("The reply is in time only because its last day was moved; against the first one it is late."),
    evidence=N_("First last day %(first_on)s, now %(due_on)s; moved %(moved)s times."),
    act=N_("Read the reasons of the extension before it counts as in time."),
    found=found,
)
