"""A promise that is not kept yet has been moved again and again."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.models import Deadline
from tracker.errors import N_
from tracker.followup.models import Fate, PromiseReport
from tracker.handling.models import Promise
from tracker.signals.kind import Asked, SignalKind, Threshold, Unit
from tracker.signals.promises import PROMISE, running


def found(asked: Asked) -> sa.Select[Any]:
    """Running promises with so many reports that moved them."""
    moved = (PromiseReport.promise_id == Promise.id, PromiseReport.fate == Fate.MOVED)
    times = sa.select(sa.func.count(PromiseReport.id)).where(*moved).scalar_subquery()
    last = sa.select(sa.func.max(PromiseReport.on)).where(*moved).scalar_subquery()
    facts = {"times": times, "first_on": Deadline.original_due_on, "due_on": Deadline.due_on, "what": Promise.what}
    return running(asked, since_on=last, **facts).where(times >= asked.set_at["times"])


SIGNAL = SignalKind(
    key="promise_moved",
    name=N_("Promise moved again and again"),
    rule=N_("Times a promise not kept yet has been moved: %(times)s or more."),
    evidence=N_("Times moved: %(times)s, from %(first_on)s to %(due_on)s: %(what)s"),
    act=N_("Ask the body what stands against it, and tell the deputy."),
    found=found,
    thresholds=(Threshold("times", 2, Unit.TIMES, least=1, most=20),),
    evidence_at=PROMISE,
    act_at=PROMISE,
)
