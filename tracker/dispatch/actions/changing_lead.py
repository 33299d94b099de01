"""Another body becomes the lead while a suggestion is being handled."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.dispatch import letters, queries
from tracker.dispatch.actions.assigning import assign
from tracker.dispatch.clocks import law_of, stop
from tracker.dispatch.models import Assignment, HandOver, Part
from tracker.errors import N_, RuleBroken
from tracker.structure.models import Body
from tracker.suggestion.actions import make
from tracker.suggestion.journey import HANDLED, LIVE, Stage, Standing
from tracker.suggestion.models import Suggestion

LEADING = (Part.LEAD, Part.JOINT, Part.SOLE)
HELPS = (*LIVE, Standing.OPINION_GIVEN)


def change_lead(
    assignment: Assignment, to: Body, reason: str, *, stays: bool, by: Actor, on: date, tell: bool = True
) -> Assignment:
    """Another body leads from now on; the old lead goes on as co-handler (`stays`) or leaves.

    The old lead's clocks stop and are kept. The new one's reply counts from the same hand-over, as the rules say;
    receipt, first contact and a co-handler's opinion count from the day each body was given its part. A co-handler
    that becomes the lead gives up its part as co-handler. Answers the new lead's assignment.

    :raises RuleBroken: no reason, this body does not lead or has submitted its reply, or the other leads already.
    """
    _must_be_possible(assignment, to, reason)
    suggestion = assignment.suggestion
    now = [one for one in queries.assignments_of(suggestion.id) if one.round == assignment.round]
    if any(one.body_id == to.id and one.part in LEADING and one.standing in LIVE for one in now):
        raise RuleBroken(N_("%(body)s leads already."), body=to.name)
    make("change_lead", suggestion, assignment, by=by, on=on, to=to.name, reason=reason.strip())
    stop(assignment, on=on, reason="lead_changed")
    _end_help(suggestion, now, to, by, on)
    others_help = any(
        one.part is Part.CO and one.standing in HELPS and one.body_id not in (to.id, assignment.body_id) for one in now
    )
    part = Part.JOINT if assignment.part is Part.JOINT else Part.LEAD if stays or others_help else Part.SOLE
    new = _given(assignment, to, part, by, on)
    old = _given(assignment, assignment.body, Part.CO, by, on) if stays else None
    if tell:
        letters.lead_changed(assignment, old, new, reason.strip(), on)
    return new


def _must_be_possible(assignment: Assignment, to: Body, reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if assignment.part not in LEADING or assignment.suggestion.stage is not Stage.HANDED_OVER:
        raise RuleBroken(N_("This body does not lead here."))
    if to.id == assignment.body_id:
        raise RuleBroken(N_("%(body)s leads already."), body=to.name)


def _end_help(suggestion: Suggestion, now: list[Assignment], to: Body, by: Actor, on: date) -> None:
    """Who leads helps no more; an opinion that was given stays given."""
    for one in now:
        if one.body_id == to.id and one.part is Part.CO and one.standing in HANDLED:
            make("absorb", suggestion, one, by=by, on=on, part=str(Part.LEAD))
            stop(one, on=on, reason="lead_changed")


def _given(old: Assignment, body: Body, part: Part, by: Actor, on: date) -> Assignment:
    """A part in the same round and under the same hand-over, given on this day."""
    act = db.session.get_one(HandOver, old.hand_over_id)
    kind = Kind.REHANDLE if old.round > 1 else Kind.REPLY
    meeting, law = old.suggestion.meeting, law_of(old)
    new = assign(old.suggestion, body, part, act, law, meeting, by=by, on=on, round_=old.round, kind=kind, midway=True)
    if body.hub_id == old.body.hub_id:
        new.passed_on_from_id = old.passed_on_from_id  # its hub goes on deciding
    return new
