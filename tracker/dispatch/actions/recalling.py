"""What the office takes back from a body, what ends when the deputies withdraw it, and who is given it then."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import RuleSet
from tracker.dispatch import letters, queries, rules
from tracker.dispatch.actions.assigning import Named, assign, fitting, formal_act
from tracker.dispatch.clocks import Law, stop
from tracker.dispatch.models import ANSWERING, Assignment, BodyReturn, Part
from tracker.errors import N_, RuleBroken
from tracker.suggestion.actions import Step, follows, make
from tracker.suggestion.journey import LIVE, Stage, Standing
from tracker.suggestion.models import Suggestion

ANSWERED = (Standing.DELIVERED, Standing.RATED)


def recall(
    assignment: Assignment, reason: str, *, by: Actor, on: date, tell: bool = True, withdrawn: bool = False
) -> None:
    """The office takes an assignment back, with its reason; the body is told, sees it no more, and its clocks stop.

    Where the others have all answered, the suggestion is answered. `withdrawn`: because the deputies took it back.

    :raises RuleBroken: the reason is missing, or the body has answered or no longer has it.
    """
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    suggestion = assignment.suggestion
    make("recall", suggestion, assignment, by=by, on=on, reason=reason)
    stop(assignment, on=on, reason="recalled")
    asked = sa.select(BodyReturn.id).where(BodyReturn.assignment_id == assignment.id, BodyReturn.granted.is_(None))
    for return_id in db.session.scalars(asked):
        for running in deadlines.open_for(return_id=return_id):
            clocks.void(running, on=on, reason="recalled")
    if tell:
        letters.recalled(assignment, reason, on, withdrawn=withdrawn)


def assign_again(suggestion: Suggestion, named: Named, *, by: Actor, on: date, tell: bool = True) -> list[Assignment]:
    """Give a suggestion that nobody answers any more to other bodies, by an act of its own, in the same round.

    Co-handlers that still help go on helping the new lead.

    :raises RuleBroken: a body answers it still, it is not being handled, or the parts do not fit together.
    """
    db.session.refresh(suggestion, ["stage", "version"], with_for_update=True)
    now = queries.assignments_of(suggestion.id)
    if suggestion.stage is not Stage.HANDED_OVER or has_lead(now):
        raise RuleBroken(N_("It has a body that answers it: recall that one first."))
    helping = [one for one in now if one.part is Part.CO and one.standing in (*LIVE, Standing.OPINION_GIVEN)]
    if {body.id for body, _part in named} & {one.body_id for one in helping}:
        raise RuleBroken(N_("A body is named twice."))
    parts = _with_those_who_help(named, len(helping))
    act = formal_act(suggestion, by=by, on=on)
    law = Law.of(db.session.get_one(RuleSet, suggestion.rule_set_id), suggestion.congress_id)
    kind = Kind.REHANDLE if suggestion.round > 1 else Kind.REPLY
    facts: dict[str, Any] = {"by": by, "on": on, "round_": suggestion.round, "kind": kind}
    made = [
        assign(suggestion, body, part, act, law, None, **facts)
        for (body, _part), part in zip(named, parts, strict=True)
    ]
    if tell:
        letters.handed_over(act, made, [suggestion])
    return made


def has_lead(assigned: list[Assignment]) -> bool:
    """Whether one of these answers for the suggestion, or has answered it; a hub that dispatched it onward does not."""
    return any(one.part in ANSWERING and one.standing in (*LIVE, *ANSWERED) for one in assigned)


@follows("withdraw")
def take_back(suggestion: Suggestion, _assignment: Assignment | None, step: Step, by: Actor) -> None:
    """The deputies withdrew it: every body that has it in hand is told, and its clocks stop."""
    wanted = (
        sa.select(Assignment)
        .where(Assignment.suggestion_id == suggestion.id, Assignment.standing.in_(LIVE))
        .options(joinedload(Assignment.body), joinedload(Assignment.suggestion))
        .order_by(Assignment.id)
    )
    for one in db.session.scalars(wanted).all():
        recall(one, str(step.facts.get("reason") or "—"), by=by, on=step.on, withdrawn=True)


def _with_those_who_help(named: Named, helping: int) -> list[Part]:
    """The parts of the new bodies, beside so many co-handlers."""
    if not helping:
        return fitting(named)
    parts = [str(part) for _body, part in named]
    rules.must_fit_together([*parts, *["co"] * helping])
    return [Part(part) for part in parts]
