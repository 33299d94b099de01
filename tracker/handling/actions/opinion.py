"""A co-handler gives its opinion to the lead, who may ask for it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.actor import SYSTEM, Actor
from tracker.database import batches, db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder
from tracker.dispatch.actions.succeeding import follow_reform
from tracker.dispatch.clocks import law_of, stop_all
from tracker.dispatch.models import ANSWERING, Assignment, BodyReturn, Part
from tracker.errors import N_, RuleBroken
from tracker.handling import letters
from tracker.handling.clocks import meet, receive_silently
from tracker.handling.models import CoOpinion
from tracker.suggestion.actions import Step, follows_all, make, make_all
from tracker.suggestion.journey import LIVE, Standing

WITHOUT = "answered_without"  # why a silent co-handler's clocks no longer hold


def give_opinion(assignment: Assignment, text: str, *, by: Actor, on: date) -> CoOpinion:
    """A co-handler's opinion to the lead (会办意见).

    :raises RuleBroken: it is empty, or this body is no co-handler.
    """
    if assignment.part is not Part.CO:
        raise RuleBroken(N_("Only a co-handler gives an opinion; the lead answers."))
    if not text.strip():
        raise RuleBroken(N_("An empty opinion helps nobody."))
    receive_silently(assignment, by, on)
    opinion = CoOpinion(assignment_id=assignment.id, on=on, text=text, by_name=by.name)
    db.session.add(opinion)
    make("give_opinion", assignment.suggestion, assignment, by=by, on=on)
    meet(assignment, (Kind.CO_OPINION, Kind.RECEIPT), on)
    return opinion


def ask_opinion_again(
    opinion: CoOpinion, helper: Assignment, lead: Assignment, reason: str, *, by: Actor, on: date, tell: bool = True
) -> None:
    """The lead sends an empty opinion back; the co-handler gets the time its rules give for that (重庆条例 20).

    Where they are silent the co-handler's first clock runs again to its own last day.

    :raises RuleBroken: no reason, another suggestion's lead, or the lead has answered already.
    """
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if lead.part not in ANSWERING or lead.suggestion_id != helper.suggestion_id or lead.round != helper.round:
        raise RuleBroken(N_("Only the lead asks a co-handler again."))
    if lead.standing not in (Standing.ASSIGNED, Standing.RECEIVED):
        raise RuleBroken(N_("The lead has answered already."))
    make("ask_opinion_again", helper.suggestion, helper, by=by, on=on, reason=reason)
    opinion.bounced_on, opinion.bounced_by, opinion.bounced_reason = on, by.name, reason.strip()
    due_on = _run_again(helper, by=by, on=on)
    follow_reform(helper, by=by, on=on)
    db.session.flush()
    if tell and helper.standing is Standing.RECEIVED:
        letters.opinion_asked_again(opinion, helper, lead, due_on=due_on)


@follows_all("rate")
@follows_all("close")
@follows_all("handle_again")
def go_on_without(steps: Sequence[Step]) -> None:
    """The lead answers for all: once its reply is rated, handled again or the suggestion closed, nobody waits for a
    co-handler that was silent by then. Its clocks are void, and that it was not heard stays a stated fact.
    """
    on = {step.suggestion.id: step.on for step in steps}
    again = {step.suggestion.id: step.facts["round"] for step in steps if "round" in step.facts}
    silent = [one for one in _silent(list(on)) if one.round < again.get(one.suggestion_id, one.round + 1)]
    make_all("answer_without", [Step(one.suggestion, one, SYSTEM, on[one.suggestion_id]) for one in silent])
    stop_all([(one, on[one.suggestion_id]) for one in silent], reason=WITHOUT)
    _void_returns({one.id: on[one.suggestion_id] for one in silent})


def _void_returns(on: Mapping[int, date]) -> None:
    """What these assignments asked to return is not decided any more."""
    returns: dict[int, date] = {}
    for some in batches(list(on)):
        asked = sa.select(BodyReturn).where(BodyReturn.assignment_id.in_(some), BodyReturn.granted.is_(None))
        returns |= {one.id: on[one.assignment_id] for one in db.session.scalars(asked)}
    for return_id, running in deadlines.open_for_all("return_id", list(returns)).items():
        for one in running:
            clocks.void(one, on=returns[return_id], reason=WITHOUT)


def _silent(suggestion_ids: Sequence[int]) -> list[Assignment]:
    found: list[Assignment] = []
    for some in batches(suggestion_ids):
        wanted = (
            sa.select(Assignment)
            .where(Assignment.suggestion_id.in_(some), Assignment.part == Part.CO, Assignment.standing.in_(LIVE))
            .options(joinedload(Assignment.body), joinedload(Assignment.suggestion))
            .order_by(Assignment.id)
        )
        found += db.session.scalars(wanted)
    return found


def _run_again(helper: Assignment, *, by: Actor, on: date) -> date | None:
    law = law_of(helper)
    clause = law.rules.clause(Kind.CO_OPINION)
    if clause is not None and clause.again is not None:
        started = clocks.start(
            Kind.CO_OPINION,
            on=on,
            rules=law.row,
            congress_id=helper.congress_id,
            holder=Holder.BODY,
            holder_body_id=helper.body_id,
            calendar=law.calendar,
            again=True,
            assignment_id=helper.id,
        )
        return started.due_on if started else None
    first = deadlines.find_deadline(Kind.CO_OPINION, assignment_id=helper.id)
    if first is None:
        return None
    clocks.reopen(first, by=by, on=on, body_id=helper.body_id)
    return first.due_on
