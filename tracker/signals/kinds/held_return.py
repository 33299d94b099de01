"""A body gave it back, and we do not decide."""

from __future__ import annotations

from typing import Any

from tracker.dispatch.models import Assignment, BodyReturn
from tracker.errors import N_
from tracker.signals.kind import About, Asked, Door, SignalKind, Threshold, Unit, told
from tracker.signals.ours import HELD_BY, held_by, hub_id, its_body
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion

DECISION = Door("dispatch.decide_return", {"return_id": "thing_id"})


def found(asked: Asked) -> Any:
    """Returns asked long ago and undecided; below a hub the hub decides."""
    by_hub = Assignment.passed_on_from_id.is_not(None)
    facts = {"asked_on": BodyReturn.asked_on, "holder": held_by(by_hub)}
    return (
        its_body(told(BodyReturn.id, BodyReturn.asked_on, of=Suggestion, body_id=hub_id(by_hub), **facts))
        .join(BodyReturn, BodyReturn.assignment_id == Assignment.id)
        .where(asked.covers(), Assignment.standing == Standing.RETURN_ASKED, BodyReturn.granted.is_(None))
        .where(BodyReturn.asked_on < asked.working_days_ago("days"))
    )


SIGNAL = SignalKind(
    key="held_return",
    name=N_("Return not decided"),
    rule=N_("A return is undecided for more than %(days)s working days."),
    evidence=N_("Asked on %(asked_on)s; it lies with %(holder)s."),
    act=N_("Decide it."),
    found=found,
    about=About.OFFICE,
    thresholds=(Threshold("days", 5, Unit.WORKING_DAYS, least=1, most=60),),
    evidence_at=DECISION,
    act_at=DECISION,
    words=HELD_BY,
)
