"""The reply was filed in the last days before its original last day."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.clocks import REPLY_KINDS
from tracker.signals.kind import REPLY, Asked, Facts, Row, SignalKind, Threshold, Unit
from tracker.signals.replies import first_submitted_on, submitted
from tracker.workdays.rules import working_days_between


def found(asked: Asked) -> sa.Select[Any]:
    """Replies first submitted up to their original last day; of others other figures tell."""
    first = first_submitted_on()
    clock = sa.and_(Deadline.assignment_id == Assignment.id, Deadline.kind.in_(REPLY_KINDS))
    return (
        submitted(asked, since_on=first, submitted_on=first, due_on=Deadline.original_due_on)
        .join(Deadline, clock)
        .where(Deadline.voided_on.is_(None), first <= Deadline.original_due_on)
    )


def reads(row: Row, asked: Asked) -> Facts | None:
    """The last day itself is the first of the days counted."""
    left = working_days_between(row.fact_submitted_on, row.fact_due_on, asked.calendar)
    return {} if left < asked.set_at["days"] else None


SIGNAL = SignalKind(
    key="filed_at_the_last",
    name=N_("Filed at the last moment"),
    rule=N_("The reply came on one of the last %(days)s working days up to its original last day."),
    evidence=N_("Submitted on %(submitted_on)s; original last day %(due_on)s."),
    act=N_("Read it with care; ask a body that does so again and again when it begins."),
    found=found,
    thresholds=(Threshold("days", 2, Unit.WORKING_DAYS, least=1, most=20),),
    reads=reads,
    evidence_at=REPLY,
    act_at=REPLY,
)
