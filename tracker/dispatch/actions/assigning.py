"""A body is given a suggestion, and signs for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.dispatch import rules
from tracker.dispatch.clocks import Law, begin, law_of, received
from tracker.dispatch.models import Assignment, HandOver, Part, Receipt
from tracker.errors import N_, RuleBroken
from tracker.structure.models import Body, Meeting
from tracker.suggestion.actions import make
from tracker.suggestion.models import Suggestion

Named = Sequence[tuple[Body, Part]]


def fitting(named: Named) -> list[Part]:
    if len({body.id for body, _part in named}) != len(named):
        raise RuleBroken(N_("A body is named twice."))
    parts = [Part(part) for part in rules.settled([str(part) for _body, part in named])]
    rules.must_fit_together([str(part) for part in parts])
    return parts


def assign(
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
    midway: bool = False,
) -> Assignment:
    """`midway`: the others have it since the hand-over; only the reply counts from there, all else from this day."""
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
    begin(assignment, law, meeting=meeting, kind=kind, given_on=on if midway else None)
    return assignment


def formal_act(suggestion: Suggestion, *, by: Actor, on: date) -> HandOver:
    """The act by which one suggestion goes to a body anew: after a return, or for another round."""
    act = HandOver(
        congress_id=suggestion.congress_id, meeting_id=suggestion.meeting_id, on=on, document_number="", by_name=by.name
    )
    db.session.add(act)
    db.session.flush()
    return act


def sign_for(assignment: Assignment, *, by: Actor, on: date) -> Receipt:
    """The body signs for it (签收); what counts from the receipt counts from this day.

    :raises RuleBroken: it was signed for already, or the day lies before the hand-over.
    """
    if on < assignment.handed_over_on:
        raise RuleBroken(N_("It cannot be signed for before it was handed over."))
    make("sign_for", assignment.suggestion, assignment, by=by, on=on)
    receipt = sign(assignment, by, on)
    received(assignment, law_of(assignment), on=on)
    return receipt


def sign(assignment: Assignment, by: Actor, on: date) -> Receipt:
    receipt = Receipt(assignment_id=assignment.id, on=on, by_name=by.name)
    db.session.add(receipt)
    return receipt
