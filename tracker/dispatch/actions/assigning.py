"""A body is given a suggestion, and signs for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.dispatch import rules
from tracker.dispatch.clocks import Law, begin, law_of, received
from tracker.dispatch.models import Assignment, HandOver, Part, Receipt
from tracker.entities import bind, new
from tracker.errors import N_, RuleBroken
from tracker.many import put_all
from tracker.structure.models import Body, Meeting
from tracker.suggestion.actions import Step, make_all
from tracker.suggestion.models import Suggestion

Named = Sequence[tuple[Body, Part]]


@dataclass(frozen=True)
class Place:
    """A suggestion, and the part a body takes in it."""

    suggestion: Suggestion
    body: Body
    part: Part


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
    how: dict[str, Any] = {"passed_on_from": passed_on_from, "round_": round_, "kind": kind, "midway": midway}
    [made] = assign_all([Place(suggestion, body, part)], act, law, meeting, by=by, on=on, **how)
    return made


def assign_all(
    places: Sequence[Place],
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
) -> list[Assignment]:
    """Many at once, of one act."""
    made = [_placed(place, act, on, passed_on_from, round_) for place in places]
    steps = [
        Step(one.suggestion, one, by, on, {"body": place.body.name, "part": str(place.part)})
        for place, one in zip(places, made, strict=True)
    ]
    make_all("assign", steps)
    begin(made, law, meeting=meeting, kind=kind, given_on=on if midway else None)
    return made


def _placed(place: Place, act: HandOver, on: date, passed_on_from: Assignment | None, round_: int) -> Assignment:
    made = new(
        Assignment,
        congress_id=place.suggestion.congress_id,
        suggestion_id=place.suggestion.id,
        body_id=place.body.id,
        part=place.part,
        round=round_ if passed_on_from is None else passed_on_from.round,
        hand_over_id=act.id,
        handed_over_on=act.on if passed_on_from is None else passed_on_from.handed_over_on,
        assigned_on=on,
        passed_on_from_id=passed_on_from.id if passed_on_from else None,
    )
    bind(made, suggestion=place.suggestion, body=place.body)
    return made


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
    [receipt] = sign_for_all([(assignment, on)], by=by)
    return receipt


def sign_for_all(signed: Sequence[tuple[Assignment, date]], *, by: Actor) -> list[Receipt]:
    """Several are signed for, each on its day.

    :raises RuleBroken: as `sign_for`, for the first that may not be signed for.
    """
    for assignment, on in signed:
        if on < assignment.handed_over_on:
            raise RuleBroken(N_("It cannot be signed for before it was handed over."))
    make_all("sign_for", [Step(assignment.suggestion, assignment, by, on) for assignment, on in signed])
    receipts = [_receipt(assignment, by, on) for assignment, on in signed]
    put_all(receipts)
    received([(assignment, law_of(assignment), on) for assignment, on in signed])
    return receipts


def sign(assignment: Assignment, by: Actor, on: date) -> Receipt:
    receipt = _receipt(assignment, by, on)
    db.session.add(receipt)
    return receipt


def _receipt(assignment: Assignment, by: Actor, on: date) -> Receipt:
    return new(Receipt, assignment_id=assignment.id, on=on, by_name=by.name)
