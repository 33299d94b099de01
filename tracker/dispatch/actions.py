"""Handing over, dispatching onward, signing for, returning."""

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
from tracker.dispatch.clocks import Law, begin, law_of, received, return_window, stop
from tracker.dispatch.models import Assignment, BodyReturn, HandOver, Part, Proposal, Receipt
from tracker.errors import N_, RuleBroken
from tracker.structure.models import Body, Congress, Meeting
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion

Named = Sequence[tuple[Body, Part]]


def propose(suggestion: Suggestion, named: Named, *, by: Actor, on: date) -> None:
    """Name the bodies that should answer, before the hand-over (拟办); an earlier proposal is replaced.

    :raises RuleBroken: the parts do not fit together, or it is handed over already.
    """
    parts = _fitting(named)
    earlier = sa.delete(Proposal).where(Proposal.suggestion_id == suggestion.id)
    db.session.execute(earlier, execution_options={"synchronize_session": False})
    db.session.add_all(
        Proposal(suggestion_id=suggestion.id, body_id=body.id, part=part)
        for (body, _part), part in zip(named, parts, strict=True)
    )
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

    :raises RuleBroken: there is nothing to hand over, a suggestion has no proposal, or the parts do not fit.
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
    named = _proposed(chosen)
    made: list[Assignment] = []
    for suggestion in chosen:
        bodies = named.get(suggestion.id, [])
        if not bodies:
            raise RuleBroken(N_("No body is proposed for %(number)s."), number=suggestion.number or suggestion.title)
        made += _hand_over_one(suggestion, _through(bodies) if through_hubs else bodies, act, law, meeting, by)
    if not made:
        raise RuleBroken(N_("There is nothing to hand over."))
    if tell:
        letters.handed_over(act, made, chosen)
    return act


def pass_on(assignment: Assignment, named: Named, *, by: Actor, on: date, tell: bool = True) -> list[Assignment]:
    """The hub dispatches to the bodies responsible; their clocks count from the same hand-over.

    :raises RuleBroken: a body is not below this hub, the parts do not fit, or it was dispatched already.
    """
    parts = _fitting(named)
    if any(body.hub_id != assignment.body_id for body, _part in named):
        raise RuleBroken(N_("A hub dispatches to the bodies below it."))
    if assignment.part is Part.CO:
        parts = [Part.CO for _ in parts]
    elif assignment.part is Part.LEAD and parts == [Part.SOLE]:
        parts = [Part.LEAD]  # others help it from outside this branch
    make("pass_on", assignment.suggestion, assignment, by=by, on=on, bodies=[body.name for body, _ in named])
    _sign(assignment, by, on)
    stop(assignment, on=on, reason="passed_on")
    law, meeting = law_of(assignment), assignment.suggestion.meeting
    act = db.session.get_one(HandOver, assignment.hand_over_id)
    made = [
        _assign(assignment.suggestion, body, part, act, law, meeting, by=by, on=on, passed_on_from=assignment)
        for (body, _part), part in zip(named, parts, strict=True)
    ]
    if tell:
        letters.handed_over(act, made, [assignment.suggestion], deputies=False)
    return made


def sign_for(assignment: Assignment, *, by: Actor, on: date) -> Receipt:
    """The body signs for it (签收); what counts from the receipt counts from this day.

    :raises RuleBroken: it was signed for already, or the day lies before the hand-over.
    """
    if on < assignment.handed_over_on:
        raise RuleBroken(N_("It cannot be signed for before it was handed over."))
    make("sign_for", assignment.suggestion, assignment, by=by, on=on)
    receipt = _sign(assignment, by, on)
    received(assignment, law_of(assignment), meeting=assignment.suggestion.meeting, on=on)
    return receipt


def ask_return(assignment: Assignment, reason: str, proposed: Body | None, *, by: Actor, on: date) -> BodyReturn:
    """The body says "not ours", inside the window, with its reason and a proposed body (退办).

    :raises RuleBroken: the reason is missing, or the window is over (the article is named).
    """
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if proposed is not None and proposed.id == assignment.body_id:
        raise RuleBroken(N_("Propose another body than your own."))
    law = law_of(assignment)
    signed_on = db.session.scalar(sa.select(Receipt.on).where(Receipt.assignment_id == assignment.id))
    last_on, clause = return_window(law, handed_over_on=assignment.handed_over_on, received_on=signed_on)
    rules.must_be_inside_window(on, last_on, clause.article if clause else "")
    make("ask_return", assignment.suggestion, assignment, by=by, on=on, reason=reason)
    asked = BodyReturn(
        assignment=assignment,
        asked_on=on,
        asked_by=by.name,
        reason=reason,
        proposed_body_id=proposed.id if proposed else None,
    )
    db.session.add(asked)
    db.session.flush()
    clocks.start(
        Kind.REDISPATCH,
        on=on,
        rules=law.row,
        congress_id=assignment.congress_id,
        holder=Holder.HUB if assignment.passed_on_from_id else Holder.OFFICE,
        calendar=law.calendar,
        return_id=asked.id,
    )
    return asked


def decide_return(
    asked: BodyReturn, granted: bool, *, by: Actor, on: date, to: Body | None = None, note: str = "", tell: bool = True
) -> Assignment | None:
    """The office or the hub decides: granted, it goes to another body with clocks of its own; refused, it stays.

    :raises RuleBroken: it was decided already, or granted without a body to go to.
    """
    if asked.granted is not None:
        raise RuleBroken(N_("This return was decided already."))
    if granted and to is None:
        raise RuleBroken(N_("Name the body it goes to."))
    assignment = asked.assignment
    suggestion = assignment.suggestion
    asked.granted, asked.decided_on, asked.decided_by, asked.decision_note = granted, on, by.name, note
    for running in deadlines.open_for(return_id=asked.id):
        clocks.meet(running, on=on)
    if not granted:
        make("refuse_return", suggestion, assignment, by=by, on=on, note=note)
        if tell:
            letters.return_decided(asked, assignment)
        return None
    assert to is not None
    make("grant_return", suggestion, assignment, by=by, on=on, to=to.name, note=note)
    stop(assignment, on=on, reason="returned")
    act = HandOver(
        congress_id=assignment.congress_id, meeting_id=suggestion.meeting_id, on=on, document_number="", by_name=by.name
    )
    db.session.add(act)
    db.session.flush()
    new = _assign(
        suggestion,
        to,
        assignment.part,
        act,
        law_of(assignment),
        None,
        by=by,
        on=on,
        round_=assignment.round,
    )
    if tell:
        letters.return_decided(asked, assignment)
        letters.handed_over(act, [new], [suggestion], deputies=False)
    return new


def recall(assignment: Assignment, reason: str, *, by: Actor, on: date) -> None:
    """The office takes an assignment back, with its reason; the body sees it no more."""
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    make("recall", assignment.suggestion, assignment, by=by, on=on, reason=reason)
    stop(assignment, on=on, reason="recalled")


def renew(assignment: Assignment, *, by: Actor, on: date, tell: bool = True) -> Assignment:
    """Handled again (重办): a new round for the same body, with its own clock."""
    suggestion = assignment.suggestion
    make("renew", suggestion, assignment, by=by, on=on)
    stop(assignment, on=on, reason="handled_again")
    make("handle_again", suggestion, by=by, on=on, round=assignment.round + 1)
    suggestion.round = max(suggestion.round, assignment.round + 1)
    act = HandOver(
        congress_id=assignment.congress_id, meeting_id=suggestion.meeting_id, on=on, document_number="", by_name=by.name
    )
    db.session.add(act)
    db.session.flush()
    new = _assign(
        suggestion,
        assignment.body,
        assignment.part,
        act,
        law_of(assignment),
        None,
        by=by,
        on=on,
        round_=assignment.round + 1,
        kind=Kind.REHANDLE,
    )
    if tell:
        letters.handed_over(act, [new], [suggestion], deputies=False)
    return new


def _fitting(named: Named) -> list[Part]:
    if len({body.id for body, _part in named}) != len(named):
        raise RuleBroken(N_("A body is named twice."))
    parts = [Part(part) for part in rules.settled([str(part) for _body, part in named])]
    rules.must_fit_together([str(part) for part in parts])
    return parts


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
        raise RuleBroken(N_("%(number)s cannot be handed over before it was recorded."), number=suggestion.number or "—")
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
    return [_assign(suggestion, body, part, act, law, meeting, by=by, on=act.on) for body, part in bodies]


def _assign(
    suggestion: Suggestion,
    body: Body,
    part: Part,
    act: HandOver,
    law: Law,
    meeting: Meeting | None,
    *,
    by: Actor,
    on: date,
    passed_on_from: Assignment | None = None,
    round_: int = 1,
    kind: Kind = Kind.REPLY,
) -> Assignment:
    assignment = Assignment(
        congress_id=suggestion.congress_id,
        suggestion_id=suggestion.id,
        suggestion=suggestion,
        body_id=body.id,
        body=body,
        part=part,
        round=round_ if passed_on_from is None else passed_on_from.round,
        hand_over_id=act.id,
        handed_over_on=act.on if passed_on_from is None else passed_on_from.handed_over_on,
        assigned_on=on,
        passed_on_from_id=passed_on_from.id if passed_on_from else None,
    )
    db.session.add(assignment)
    make("assign", suggestion, assignment, by=by, on=on, body=body.name, part=str(part))
    begin(assignment, law, meeting=meeting, kind=kind)
    return assignment


def _sign(assignment: Assignment, by: Actor, on: date) -> Receipt:
    receipt = Receipt(assignment_id=assignment.id, on=on, by_name=by.name)
    db.session.add(receipt)
    return receipt

