"""The day of a promise has passed, and nobody has reported it kept."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Promise, Reply
from tracker.signals.kind import Asked, SignalKind, Threshold, Unit
from tracker.signals.promises import PROMISE, running


def found(asked: Asked) -> sa.Select[Any]:
    """Running clocks of promises past their day; what an old ledger says was due before it was entered is not known."""
    was_due_before = sa.and_(Reply.from_ledger, Deadline.due_on < Reply.saved_at)
    return running(asked, since_on=Deadline.due_on, due_on=Deadline.due_on, what=Promise.what).where(
        Deadline.due_on < asked.days_ago("days"), Assignment.pending_case.is_(False), ~was_due_before
    )


SIGNAL = SignalKind(
    key="promise_overdue",
    name=N_("Promise overdue"),
    rule=N_("A promise is more than %(days)s days past its day and not reported kept."),
    evidence=N_("Promised for %(due_on)s: %(what)s"),
    act=N_("Ask the body to report it kept, with what shows it, or to move it with a reason."),
    found=found,
    thresholds=(Threshold("days", 3, Unit.DAYS),),
    evidence_at=PROMISE,
    act_at=PROMISE,
)
