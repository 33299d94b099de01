"""A deputy disputes that a promise was kept, and we do not decide."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.followup.models import Judgement, PromiseReport
from tracker.handling.models import Promise
from tracker.signals.kind import About, Asked, Door, SignalKind, Threshold, Unit, told
from tracker.signals.ours import its_body
from tracker.suggestion.models import Suggestion

PROMISE = Door("followup.promise", {"promise_id": "thing_id"})


def found(asked: Asked) -> Any:
    """Promises whose last report the lead deputy disputes, undecided."""
    later = aliased(PromiseReport)
    newer = sa.select(later.id).where(later.promise_id == Promise.id, later.id > PromiseReport.id)
    return (
        its_body(told(Promise.id, Judgement.on, of=Suggestion, disputed_on=Judgement.on, due_on=Promise.due_on))
        .join(Promise, Promise.assignment_id == Assignment.id)
        .join(PromiseReport, PromiseReport.promise_id == Promise.id)
        .join(Judgement, Judgement.report_id == PromiseReport.id)
        .where(asked.covers(), Judgement.agrees.is_(False), Judgement.decided_on.is_(None))
        .where(Judgement.on < asked.working_days_ago("days"), ~newer.exists())
    )


SIGNAL = SignalKind(
    key="held_dispute",
    name=N_("Dispute about a promise not decided"),
    rule=N_("A deputy disputes that a promise was kept, undecided for more than %(days)s working days."),
    evidence=N_("Promised for %(due_on)s; disputed on %(disputed_on)s; it lies with our office."),
    act=N_("Decide it."),
    found=found,
    about=About.OFFICE,
    thresholds=(Threshold("days", 10, Unit.WORKING_DAYS, least=1, most=120),),
    evidence_at=PROMISE,
    act_at=PROMISE,
)
