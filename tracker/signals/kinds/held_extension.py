"""A body asked for more time, and we do not decide."""

from __future__ import annotations

from typing import Any

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Extension
from tracker.handling.queries import OWED
from tracker.signals.kind import About, Asked, Door, SignalKind, Threshold, Unit, told
from tracker.signals.ours import HELD_BY, held_by, hub_id, its_body
from tracker.suggestion.models import Suggestion

DECISION = Door("handling.decide_extension", {"extension_id": "thing_id"})


def found(asked: Asked) -> Any:
    """Extensions asked long ago and undecided while the reply is owed; below a hub the hub decides."""
    by_hub = Assignment.passed_on_from_id.is_not(None)
    facts = {"asked_on": Extension.asked_on, "holder": held_by(by_hub)}
    return (
        its_body(told(Extension.id, Extension.asked_on, of=Suggestion, body_id=hub_id(by_hub), **facts))
        .join(Extension, Extension.assignment_id == Assignment.id)
        .where(asked.covers(), Assignment.standing.in_(OWED), Extension.granted.is_(None))
        .where(Extension.asked_on < asked.working_days_ago("days"))
    )


SIGNAL = SignalKind(
    key="held_extension",
    name=N_("Extension not decided"),
    rule=N_("More time was asked for and is undecided for more than %(days)s working days."),
    evidence=N_("Asked on %(asked_on)s; it lies with %(holder)s."),
    act=N_("Decide it."),
    found=found,
    about=About.OFFICE,
    thresholds=(Threshold("days", 5, Unit.WORKING_DAYS, least=1, most=60),),
    evidence_at=DECISION,
    act_at=DECISION,
    words=HELD_BY,
)
