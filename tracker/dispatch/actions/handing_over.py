"""The office proposes bodies and hands over; hubs dispatch onward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder
from tracker.dispatch import letters, rules
from tracker.dispatch.actions.assigning import Named, assign, fitting, sign
from tracker.dispatch.actions.circulating import end_round
from tracker.dispatch.clocks import Law, law_of, stop
from tracker.dispatch.going_round import must_not_be_held
from tracker.dispatch.models import Assignment, HandOver, Part, Proposal
from tracker.errors import N_, RuleBroken
from tracker.structure.models import Body, Congress, Meeting
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion


def propose(suggestion: Suggestion, named: Named, *, by: Actor, on: date) -> None:
    """Name the bodies that should answer, before the hand-over (拟办); an earlier proposal is replaced.

    :raises RuleBroken: the parts do not fit together, or it is handed over already.
    """
    parts = fitting(named)
    earlier = sa.delete(Proposal).where(Proposal.suggestion_id == suggestion.id)
    db.session.execute(earlier, execution_options={"synchronize_session": "evaluate"})  # SQLite gives numbers again
    db.session.add_all(
        Proposal(suggestion_id=suggestion.id, body_id=body.id, part=part)
        for (body, _part), part in zip(named, parts, strict=True)
    )
    end_round([suggestion.id], on=on, but={body.id for body, _part in named})
    make("propose", suggestion, by=by, on=on, bodies=[body.name for body, _part in named])


def hand_over(
    suggestions: Iterable[Suggestion],
    *,
    congress: Congress,
    meeting: Meeting | None,
    document_number: str,
    by: Actor,
    on: date,
    through_hubs: bool = False,
    tell: bool = True,
) -> HandOver:
    """Hand over what has proposals, formally, on one day (交办): assignments, clocks, letters to bodies and deputies.

    `through_hubs`: bodies below a hub are reached through it; the hub dispatches onward.

    :raises RuleBroken: there is nothing to hand over, a suggestion has no proposal or is still on its round before
        the meeting, or the parts do not fit.
    """
    law = Law.named(congress.rules_name, on, congress.id)
    act = HandOver(
        congress_id=congress.id,
        meeting_id=meeting.id if meeting else None,
        on=on,
        document_number=document_number,
        by_name=by.name,
    )
    db.session.add(act)
    db.session.flush()
    chosen = list(suggestions)
    must_not_be_held(chosen, on)
    named = _proposed(chosen)
    made: list[Assignment] = []
    for suggestion in chosen:
        bodies = named.get(suggestion.id, [])
        if not bodies:
            raise RuleBroken(N_("No body is proposed for %(number)s."), number=suggestion.number or suggestion.title)
        made += _hand_over_one(suggestion, _through(bodies) if through_hubs else bodies, act, law, meeting, by)
    if not made:
        raise RuleBroken(N_("There is nothing to hand over."))
    end_round((one.id for one in chosen), on=on)
    if tell:
        letters.handed_over(act, made, chosen)
    return act


def pass_on(assignment: Assignment, named: Named, *, by: Actor, on: date, tell: bool = True) -> list[Assignment]:
    """The hub dispatches to the bodies responsible; their clocks count from the same hand-over.

    :raises RuleBroken: a body is not below this hub, the parts do not fit, or it was dispatched already.
    """
    parts = fitting(named)
    if any(body.hub_id != assignment.body_id for body, _part in named):
        raise RuleBroken(N_("A hub dispatches to the bodies below it."))
    parts = [Part(part) for part in rules.below_a_hub(str(assignment.part), [str(part) for part in parts])]
    if assignment.standing is Standing.ASSIGNED:
        sign(assignment, by, on)
    make("pass_on", assignment.suggestion, assignment, by=by, on=on, bodies=[body.name for body, _ in named])
    stop(assignment, on=on, reason="passed_on")
    law, meeting = law_of(assignment), assignment.suggestion.meeting
    act = db.session.get_one(HandOver, assignment.hand_over_id)
    made = [
        assign(assignment.suggestion, body, part, act, law, meeting, by=by, on=on, passed_on_from=assignment)
        for (body, _part), part in zip(named, parts, strict=True)
    ]
    if tell:
        letters.handed_over(act, made, [assignment.suggestion], deputies=False)
    return made


def _proposed(suggestions: Sequence[Suggestion]) -> dict[int, list[tuple[Body, Part]]]:
    named: dict[int, list[tuple[Body, Part]]] = {}
    ids = [suggestion.id for suggestion in suggestions]
    for start in range(0, len(ids), 500):
        wanted = (
            sa.select(Proposal)
            .where(Proposal.suggestion_id.in_(ids[start : start + 500]))
            .options(sa.orm.joinedload(Proposal.body))
            .order_by(Proposal.id)
        )
        for proposal in db.session.scalars(wanted):
            named.setdefault(proposal.suggestion_id, []).append((proposal.body, proposal.part))
    return named


def _through(bodies: list[tuple[Body, Part]]) -> list[tuple[Body, Part]]:
    """The hubs of these bodies in their stead; a hub above several takes the heaviest part."""
    hubs: dict[int, tuple[Body, Part]] = {}
    for body, part in bodies:
        above = db.session.get_one(Body, body.hub_id) if body.hub_id else body
        kept = hubs.get(above.id)
        if kept is None or kept[1] is Part.CO:
            hubs[above.id] = (above, part)
        elif kept[1] is part is Part.JOINT:
            hubs[above.id] = (above, Part.LEAD)  # both leads stand below one hub, which leads alone
    settled = rules.settled([str(part) for _body, part in hubs.values()])
    return [(body, Part(part)) for (body, _old), part in zip(hubs.values(), settled, strict=True)]


def _hand_over_one(
    suggestion: Suggestion,
    bodies: list[tuple[Body, Part]],
    act: HandOver,
    law: Law,
    meeting: Meeting | None,
    by: Actor,
) -> list[Assignment]:
    if suggestion.stage is not Stage.RECORDED:
        raise RuleBroken(N_("%(number)s has been handed over already."), number=suggestion.number or suggestion.title)
    if act.on < suggestion.recorded_on:
        raise RuleBroken(
            N_("%(number)s cannot be handed over before it was recorded."), number=suggestion.number or "—"
        )
    rules.must_fit_together([str(part) for _body, part in bodies])
    make("hand_over", suggestion, by=by, on=act.on, document_number=act.document_number)
    suggestion.handed_over_on, suggestion.rule_set_id = act.on, law.row.id
    for running in deadlines.open_for(suggestion_id=suggestion.id):
        clocks.meet(running, on=act.on)
    clocks.start(
        Kind.WHOLE,
        on=act.on,
        rules=law.row,
        congress_id=suggestion.congress_id,
        holder=Holder.OFFICE,
        calendar=law.calendar,
        suggestion_id=suggestion.id,
    )
    return [assign(suggestion, body, part, act, law, meeting, by=by, on=act.on) for body, part in bodies]
