"""What waits to be handed over, dispatched, or decided."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.database import db
from tracker.dispatch.models import ANSWERING, Assignment, BodyReturn, Part, Proposal, Receipt
from tracker.entities import Cells, bind, read
from tracker.errors import NotFound
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.journey import LIVE, Stage, Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE, THIS, scope

ASSIGNED, RETURNS = Cells(Assignment, Body, Receipt), Cells(BodyReturn)


def recorded(meeting_id: int) -> list[Suggestion]:
    """What of a meeting is recorded and not handed over, in the order of its numbers."""
    wanted = (
        sa.select(Suggestion)
        .where(Suggestion.meeting_id == meeting_id, Suggestion.stage == Stage.RECORDED)
        .options(joinedload(Suggestion.lead_deputy))
        .order_by(Suggestion.id)
    )
    return list(db.session.scalars(wanted))


def waiting_by_meeting(congress_id: int) -> dict[int, int]:
    """How many suggestions of each meeting wait for the hand-over (件)."""
    wanted = (
        sa.select(Suggestion.meeting_id, sa.func.count())
        .where(Suggestion.congress_id == congress_id, Suggestion.stage == Stage.RECORDED)
        .group_by(Suggestion.meeting_id)
    )
    return {row[0]: row[1] for row in db.session.execute(wanted)}


def proposals(suggestion_ids: Iterable[int]) -> dict[int, list[Proposal]]:
    """The bodies proposed for some suggestions, lead first."""
    found: dict[int, list[Proposal]] = {}
    ids = [one for one in suggestion_ids if not is_empty(proposed_for, suggestion_id=one)]
    for start in range(0, len(ids), 500):
        for one in db.session.scalars(_proposals(), {"ids": ids[start : start + 500]}):
            found.setdefault(one.suggestion_id, []).append(one)
    return found


def proposed_for(_who: Anyone) -> sa.Select[Any]:
    """What is proposed for one suggestion, as rows."""
    return sa.select(Proposal.id).where(Proposal.suggestion_id == THIS)


@cache
def _proposals() -> sa.Select[Any]:
    return (
        sa.select(Proposal)
        .where(Proposal.suggestion_id.in_(sa.bindparam("ids", expanding=True)))
        .options(joinedload(Proposal.body))
        .order_by(Proposal.id)
    )


def at_the_hub(visitor: Visitor) -> sa.Select[tuple[Assignment]]:
    """What a hub was given and has not dispatched yet."""
    return (
        sa.select(Assignment)
        .join(Assignment.suggestion)
        .where(
            Assignment.body_id == visitor.body_id,
            Assignment.congress_id == visitor.congress_id,
            Assignment.standing.in_((Standing.ASSIGNED, Standing.RECEIVED)),
        )
        .options(
            joinedload(Assignment.suggestion).joinedload(Suggestion.lead_deputy),
            selectinload(Assignment.deadlines),
        )
        .order_by(Assignment.id)
    )


def get_at_the_hub(assignment_id: int, visitor: Visitor) -> Assignment:
    """:raises NotFound: it is not at this hub."""
    wanted = (
        at_the_hub(visitor)
        .where(Assignment.id == assignment_id)
        .options(
            joinedload(Assignment.body),
            joinedload(Assignment.suggestion).joinedload(Suggestion.meeting),
            joinedload(Assignment.suggestion).undefer(Suggestion.text),
        )
    )
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def returns_for(visitor: Visitor, *, undecided: bool = True) -> sa.Select[tuple[BodyReturn]]:
    """The returns a visitor decides: a hub those among its own bodies, the office all others."""
    wanted = (
        sa.select(BodyReturn)
        .join(BodyReturn.assignment)
        .join(Assignment.body)
        .where(Assignment.congress_id == visitor.congress_id)
        .options(
            joinedload(BodyReturn.proposed_body),
            joinedload(BodyReturn.assignment).joinedload(Assignment.body),
            joinedload(BodyReturn.assignment).joinedload(Assignment.suggestion).joinedload(Suggestion.meeting),
        )
        .order_by(BodyReturn.asked_on, BodyReturn.id)
    )
    if undecided:
        wanted = wanted.where(BodyReturn.granted.is_(None), Assignment.standing == Standing.RETURN_ASKED)
    if visitor.role is Role.HUB:
        return wanted.where(Body.hub_id == visitor.body_id, Assignment.passed_on_from_id.is_not(None))
    if visitor.role in OFFICE:
        return wanted.where(Assignment.passed_on_from_id.is_(None))
    return wanted.where(sa.false())


def get_return(return_id: int, visitor: Visitor) -> BodyReturn:
    """:raises NotFound: it is not this visitor's to decide."""
    found = db.session.scalars(returns_for(visitor, undecided=False).where(BodyReturn.id == return_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_assignment(assignment_id: int, visitor: Visitor) -> Assignment:
    """One assignment with its body and suggestion, as the office acts on it.

    :raises NotFound: there is none, or its suggestion is not this visitor's to see.
    """
    wanted = (
        sa.select(Assignment)
        .join(Assignment.suggestion)
        .where(Assignment.id == assignment_id, scope(visitor))
        .options(
            joinedload(Assignment.body),
            joinedload(Assignment.receipt),
            contains_eager(Assignment.suggestion).joinedload(Suggestion.meeting),
        )
    )
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def must_be_visible(assignment_ids: Iterable[int], visitor: Visitor) -> None:
    """:raises NotFound: one of these is not this visitor's to see."""
    wanted = set(assignment_ids)
    seen = sa.select(sa.func.count(sa.distinct(Assignment.id))).join(Assignment.suggestion).where(scope(visitor))
    if db.session.scalar(seen.where(Assignment.id.in_(wanted))) != len(wanted):
        raise NotFound


def get_leading(assignment_id: int, visitor: Visitor) -> Assignment:
    """An assignment whose lead this visitor may change: the office any, a hub one it dispatched within its branch.

    :raises NotFound: there is none, or it is not this visitor's to change.
    """
    found = get_assignment(assignment_id, visitor)
    if visitor.role in OFFICE:
        return found
    if visitor.role is Role.HUB and found.passed_on_from_id and found.body.hub_id == visitor.body_id:
        return found
    raise NotFound


def other_lead(assignment: Assignment) -> Assignment | None:
    """The lead that answers together with this one (共同主办), as long as it takes part; with body and suggestion."""
    if assignment.part is not Part.JOINT:
        return None
    wanted = (
        sa.select(Assignment)
        .where(
            Assignment.suggestion_id == assignment.suggestion_id,
            Assignment.round == assignment.round,
            Assignment.part == Part.JOINT,
            Assignment.id != assignment.id,
            Assignment.standing.not_in((*GONE, Standing.PASSED_ON, Standing.HANDLED_AGAIN)),
        )
        .options(joinedload(Assignment.body), joinedload(Assignment.suggestion))
        .order_by(Assignment.id)
    )
    return db.session.scalars(wanted).first()


def without_lead() -> sa.ColumnElement[bool]:
    """Handed over, and no body has it in hand or has answered: the only lead was recalled."""
    answering = sa.select(Assignment.id).where(
        Assignment.suggestion_id == Suggestion.id,
        Assignment.part.in_(ANSWERING),
        Assignment.standing.in_((*LIVE, Standing.DELIVERED, Standing.RATED)),
    )
    return sa.and_(Suggestion.stage == Stage.HANDED_OVER, sa.not_(answering.exists()))


def nobody_left(visitor: Visitor) -> sa.ColumnElement[bool]:
    """The same, looked for among what was recalled or returned: nothing else takes the last answering body away."""
    gone = sa.and_(Assignment.congress_id == visitor.congress_id, Assignment.standing.in_(GONE))
    taken_away = sa.select(Assignment.suggestion_id).where(gone)
    return sa.and_(Suggestion.id.in_(taken_away), without_lead())


def assignments_of(suggestion_id: int) -> list[Assignment]:
    """All assignments of a suggestion with body, receipt and returns, oldest first."""
    asked = {"suggestion_id": suggestion_id}
    returns = [] if is_empty(returned, **asked) else [one for (one,) in read(RETURNS, _returns(), asked)]
    found = list(read(ASSIGNED, _assignments(), asked))
    for one, body, receipt in found:
        bind(one, body=body, receipt=receipt, returns=[each for each in returns if each.assignment_id == one.id])
    return [one for one, _body, _receipt in found]


def returned(_who: Anyone) -> sa.Select[Any]:
    """The returns of one suggestion, as rows."""
    wanted = sa.select(BodyReturn.id).join(Assignment, Assignment.id == BodyReturn.assignment_id)
    return wanted.where(Assignment.suggestion_id == THIS)


def assigned_of(suggestion: Suggestion) -> list[Assignment]:
    """The same, or what the page has put on the suggestion already, so that it is read once."""
    if "assignments" in sa.inspect(suggestion).unloaded:
        return assignments_of(suggestion.id)
    return list(suggestion.assignments)


@cache
def _assignments() -> sa.Select[Any]:
    wanted = sa.select(*ASSIGNED.columns).join_from(Assignment, Body).outerjoin(Assignment.receipt)
    return wanted.where(Assignment.suggestion_id == THIS).order_by(Assignment.id)


@cache
def _returns() -> sa.Select[Any]:
    wanted = sa.select(*RETURNS.columns).join_from(BodyReturn, Assignment)
    return wanted.where(Assignment.suggestion_id == THIS).order_by(BodyReturn.id)
