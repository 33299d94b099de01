"""Bodies become others (机构改革): their open work goes to the successors, and its clocks run on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.models import Deadline
from tracker.dispatch import letters
from tracker.dispatch.clocks import stop
from tracker.dispatch.in_hand import in_hand, live
from tracker.dispatch.models import Assignment, BodyReturn, Circulated, HandOver, Part, Proposal
from tracker.people.models import Link
from tracker.people.moving import hand_on_links, move_accounts
from tracker.people.office_code import hand_on_code
from tracker.structure.models import Body, SuccessionKind
from tracker.structure.reform import Reform, carry_out
from tracker.structure.succession import present_body
from tracker.suggestion.actions import make
from tracker.suggestion.journey import LIVE, Stage, Standing
from tracker.suggestion.models import Suggestion

HEAVIEST_FIRST = (Part.LEAD, Part.JOINT, Part.SOLE, Part.SEPARATE, Part.CO)
AT_ONCE = 500


def succeed(
    reform: Reform,
    chosen: Mapping[int, Body | None] | None = None,
    *,
    by: Actor,
    on: date,
    at: datetime,
    tell: bool = True,
) -> list[Assignment]:
    """Bodies become others, and what they have in hand is dispatched to the successors: each assignment keeps its row,
    its clocks and its history, which says from whom to whom. Answers the assignments that moved.

    `chosen` names the successor of single assignments, by their number; None: it stays. What is not named goes to the
    first successor; with a transfer of a part it stays. What is answered already stays with the old body, under its
    name. Two parts of one body in the same suggestion become one.

    :raises RuleBroken: as `structure.reform.carry_out`.
    """
    theirs = in_hand(body.id for body in reform.predecessors)
    carry_out(reform, by=by, at=at)
    moved = []
    for assignment in theirs:
        to = (chosen or {}).get(assignment.id, reform.main if reform.closes else None)
        if to is not None:
            _pass(assignment, to, reform, by=by, on=on)
            moved.append(assignment)
    db.session.flush()
    _join_parts(moved, by=by, on=on)
    if reform.closes:
        for old in reform.predecessors:
            _move_the_rest(old, reform.main)
            move_accounts(old.id, reform.main.id, by=by, at=at)
        hand_on_code(reform.predecessors, reform.main, by=by, at=at)
    still = [one for one in moved if one.standing in LIVE]
    if tell and still and reform.kind is not SuccessionKind.RENAMED:
        _tell(still, reform, by=by, on=on)
    return moved


def follow_reform(assignment: Assignment, *, by: Actor, on: date) -> None:
    """What a closed body had done is to be done anew: its successor does it. Where that one has a part of its own in
    the round, the two become one.
    """
    old, to = assignment.body, present_body(assignment.body)
    if to.id == old.id:
        return None
    _hand_on(assignment, to, since=(old.closed_on or on).isoformat(), by=by, on=on)
    db.session.flush()
    rank = HEAVIEST_FIRST.index(assignment.part)
    for other in _beside(assignment):
        if HEAVIEST_FIRST.index(other.part) <= rank:
            return _absorb(assignment, other, by=by, on=on)
        _absorb(other, assignment, by=by, on=on)
    return None


def _beside(assignment: Assignment) -> list[Assignment]:
    """The other live parts this body has in the same round."""
    its_own = (Assignment.suggestion_id == assignment.suggestion_id, Assignment.body_id == assignment.body_id)
    wanted = live(*its_own, Assignment.round == assignment.round, Assignment.id != assignment.id)
    return list(db.session.scalars(wanted))


def _pass(assignment: Assignment, to: Body, reform: Reform, *, by: Actor, on: date) -> None:
    document = reform.document_number
    _hand_on(assignment, to, since=reform.on.isoformat(), by=by, on=on, document_number=document)


def _hand_on(assignment: Assignment, to: Body, *, since: str, by: Actor, on: date, document_number: str = "") -> None:
    old = assignment.body
    facts = {"from": old.name, "to": to.name, "since": since, "document_number": document_number}
    make("succeed", assignment.suggestion, assignment, by=by, on=on, **facts)
    assignment.body_id, assignment.body = to.id, to
    for running in deadlines.open_for(assignment_id=assignment.id):
        running.holder_body_id = to.id if running.holder_body_id == old.id else running.holder_body_id
    hand_on_links(assignment.id, old.id, to.id)


def _join_parts(moved: Sequence[Assignment], *, by: Actor, on: date) -> None:
    """One body, one part: the heaviest stays. A reply that is being read goes its way, and joins no other answer."""
    for found in _together(moved):
        kept, *others = sorted(found, key=lambda one: (HEAVIEST_FIRST.index(one.part), one.id))
        for other in others:
            is_read = Standing.SUBMITTED in (other.standing, kept.standing if other.part is not Part.CO else None)
            if not is_read:
                _absorb(other, kept, by=by, on=on)


def _absorb(other: Assignment, kept: Assignment, *, by: Actor, on: date) -> None:
    make("absorb", other.suggestion, other, by=by, on=on, part=str(kept.part))
    stop(other, on=on, reason="joined")
    asked = sa.select(BodyReturn.id).where(BodyReturn.assignment_id == other.id, BodyReturn.granted.is_(None))
    for return_id in db.session.scalars(asked).all():
        for running in deadlines.open_for(return_id=return_id):
            clocks.void(running, on=on, reason="joined")


def _together(moved: Sequence[Assignment]) -> Iterable[list[Assignment]]:
    """Live parts that one body now has more than one of in the same suggestion and round."""
    found: dict[tuple[int, int, int], list[Assignment]] = defaultdict(list)
    ids = sorted({one.suggestion_id for one in moved})
    bodies = {one.body_id for one in moved}
    for start in range(0, len(ids), AT_ONCE):
        wanted = live(Assignment.suggestion_id.in_(ids[start : start + AT_ONCE]), Assignment.body_id.in_(bodies))
        for one in db.session.scalars(wanted):
            found[one.suggestion_id, one.round, one.body_id].append(one)
    return [parts for parts in found.values() if len(parts) > 1]


def _move_the_rest(old: Body, new: Body) -> None:
    """What is no assignment in hand: other clocks the old body holds, proposals not handed over, bodies proposed."""
    _repoint(Deadline, Deadline.holder_body_id, old, new, deadlines.IS_OPEN)
    undecided = sa.and_(BodyReturn.granted.is_(None), BodyReturn.decided_on.is_(None))
    _repoint(BodyReturn, BodyReturn.proposed_body_id, old, new, undecided)
    _repoint(Circulated, Circulated.body_id, old, new, Circulated.ended_on.is_(None))
    _repoint(Link, Link.body_id, old, new, Link.circulation_id.is_not(None))
    to_come = sa.select(Suggestion.id).where(Suggestion.stage.in_((Stage.RECORDED, Stage.RETURNED_TO_DEPUTY)))
    theirs = sa.select(Proposal).where(Proposal.suggestion_id.in_(to_come))
    there = {one.suggestion_id: one for one in db.session.scalars(theirs.where(Proposal.body_id == new.id))}
    for proposal in db.session.scalars(theirs.where(Proposal.body_id == old.id)).all():
        if (other := there.get(proposal.suggestion_id)) is None:
            proposal.body_id = new.id
            continue
        other.part = min(other.part, proposal.part, key=HEAVIEST_FIRST.index)
        db.session.delete(proposal)
    db.session.flush()


def _repoint(kind: Any, field: Any, old: Body, new: Body, which: sa.ColumnElement[bool]) -> None:
    for row in db.session.scalars(sa.select(kind).where(field == old.id, which)).all():
        setattr(row, field.key, new.id)


def _tell(moved: Sequence[Assignment], reform: Reform, *, by: Actor, on: date) -> None:
    """The successors' people are told as of a hand-over; its act names the document of the reform."""
    act = HandOver(congress_id=reform.main.congress_id, on=on, document_number=reform.document_number, by_name=by.name)
    db.session.add(act)
    db.session.flush()
    letters.handed_over(act, moved, [one.suggestion for one in moved], deputies=False)
