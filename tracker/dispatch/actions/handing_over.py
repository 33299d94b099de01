"""The office proposes bodies and hands over; hubs dispatch onward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import batches, db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder
from tracker.deadlines.starting import Starting
from tracker.dispatch import letters, rules
from tracker.dispatch.actions.assigning import Named, Place, assign, assign_all, fitting, sign
from tracker.dispatch.actions.circulating import end_round, name_others
from tracker.dispatch.clocks import Law, law_of, stop
from tracker.dispatch.going_round import must_not_be_held
from tracker.dispatch.models import Assignment, HandOver, Part, Proposal
from tracker.entities import Cells, bind, read
from tracker.errors import N_, RuleBroken
from tracker.many import write_all
from tracker.structure.models import Body, Congress, Meeting
from tracker.suggestion.actions import Step, make, make_all
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion

PROPOSED = Cells(Proposal, Body)


@dataclass(frozen=True)
class Proposed:
    """The bodies named for one suggestion on a day."""

    suggestion: Suggestion
    named: Named
    on: date


def propose(suggestion: Suggestion, named: Named, *, by: Actor, on: date) -> None:
    """Name the bodies that should answer, before the hand-over (拟办); an earlier proposal is replaced.

    :raises RuleBroken: the parts do not fit together, or it is handed over already.
    """
    propose_all([Proposed(suggestion, named, on)], by=by)


def propose_all(wanted: Sequence[Proposed], *, by: Actor) -> None:
    """The same for several at once.

    :raises RuleBroken: as `propose`, for the first that may not be proposed.
    """
    parts = [fitting(one.named) for one in wanted]
    for some in batches([one.suggestion.id for one in wanted]):
        earlier = sa.delete(Proposal).where(Proposal.suggestion_id.in_(some))
        db.session.execute(earlier, execution_options={"synchronize_session": "evaluate"})  # SQLite gives numbers again
    rows = [
        {"suggestion_id": one.suggestion.id, "body_id": body.id, "part": part}
        for one, settled in zip(wanted, parts, strict=True)
        for (body, _part), part in zip(one.named, settled, strict=True)
    ]
    write_all(Proposal, rows)
    name_others((one.suggestion.id, one.on, {body.id for body, _part in one.named}) for one in wanted)
    steps = [
        Step(one.suggestion, None, by, one.on, {"bodies": [body.name for body, _part in one.named]}) for one in wanted
    ]
    make_all("propose", steps)


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
    chosen = list(dict.fromkeys(suggestions))
    must_not_be_held(chosen, on)
    named = _proposed(chosen, through_hubs)
    for suggestion in chosen:
        _must_be_ready(suggestion, named.get(suggestion.id, []), on)
    made: list[Assignment] = []
    for some in batches(chosen):
        made += _hand_over_some(some, named, act, law, meeting, by)
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


def _proposed(suggestions: Sequence[Suggestion], through_hubs: bool) -> dict[int, list[tuple[Body, Part]]]:
    named: dict[int, list[tuple[Body, Part]]] = {}
    for some in batches([suggestion.id for suggestion in suggestions]):
        for proposal, body in read(PROPOSED, _proposed_for(), {"ids": some}):
            bind(proposal, body=body)
            named.setdefault(proposal.suggestion_id, []).append((body, proposal.part))
    return {number: _through(bodies) for number, bodies in named.items()} if through_hubs else named


@cache
def _proposed_for() -> sa.Select[Any]:
    these = Proposal.suggestion_id.in_(sa.bindparam("ids", type_=sa.Integer, expanding=True))
    return sa.select(*PROPOSED.columns).join(Proposal.body).where(these).order_by(Proposal.id)


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


def _must_be_ready(suggestion: Suggestion, bodies: list[tuple[Body, Part]], on: date) -> None:
    if not bodies:
        raise RuleBroken(N_("No body is proposed for %(number)s."), number=suggestion.number or suggestion.title)
    if suggestion.stage is not Stage.RECORDED:
        raise RuleBroken(N_("%(number)s has been handed over already."), number=suggestion.number or suggestion.title)
    if on < suggestion.recorded_on:
        raise RuleBroken(
            N_("%(number)s cannot be handed over before it was recorded."), number=suggestion.number or "—"
        )
    rules.must_fit_together([str(part) for _body, part in bodies])


def _hand_over_some(
    suggestions: Sequence[Suggestion],
    named: Mapping[int, list[tuple[Body, Part]]],
    act: HandOver,
    law: Law,
    meeting: Meeting | None,
    by: Actor,
) -> list[Assignment]:
    facts = {"document_number": act.document_number}
    steps = [Step(suggestion, None, by, act.on, facts) for suggestion in suggestions]
    make_all("hand_over", steps, handed_over_on=act.on, rule_set_id=law.row.id)
    starting = Starting()
    for one in suggestions:
        how: dict[str, Any] = {"congress_id": one.congress_id, "holder": Holder.OFFICE, "suggestion_id": one.id}
        starting.start(Kind.WHOLE, on=act.on, rules=law.row, calendar=law.calendar, **how)
    running = deadlines.open_for_all("suggestion_id", [one.id for one in suggestions])
    clocks.meet_all([(one, act.on) for some in running.values() for one in some])
    starting.write()
    places = [Place(one, body, part) for one in suggestions for body, part in named[one.id]]
    return assign_all(places, act, law, meeting, by=by, on=act.on)
