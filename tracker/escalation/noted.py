"""What people noted on the ladder by hand, limited to who is asking: chases, and cases that are pending."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.dispatch.queries import get_assignment
from tracker.errors import NotFound
from tracker.escalation.models import Chase, PendingCase
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS


def chased(_who: Anyone) -> sa.Select[Any]:
    """The chases of one suggestion."""
    return sa.select(Chase.id).where(Chase.assignment_id.in_(_parts()))


def pending(_who: Anyone) -> sa.Select[Any]:
    """The marks of one suggestion's cases, those that ended too."""
    return sa.select(PendingCase.id).where(PendingCase.assignment_id.in_(_parts()))


def chases_of(suggestion: Suggestion, visitor: Visitor) -> list[Chase]:
    """The newest first: the office reads all, a hub its arm's, a body its own."""
    if is_empty(chased, suggestion_id=suggestion.id):
        return []
    found = db.session.scalars(_noted(Chase), {"suggestion_id": suggestion.id}).unique()
    return [one for one in found if is_theirs(one.assignment, visitor)]


def marks_of(suggestion: Suggestion, visitor: Visitor) -> list[PendingCase]:
    """As `chases_of`."""
    if is_empty(pending, suggestion_id=suggestion.id):
        return []
    found = db.session.scalars(_noted(PendingCase), {"suggestion_id": suggestion.id}).unique()
    return [one for one in found if is_theirs(one.assignment, visitor)]


def is_theirs(assignment: Assignment, visitor: Visitor) -> bool:
    """A body reads of its own part, a hub of its arm; whoever else sees the suggestion reads of all."""
    if visitor.role is Role.HUB:
        return visitor.body_id in (assignment.body.hub_id, assignment.body_id)
    return visitor.body_id is None or visitor.role is Role.COMMITTEE or visitor.body_id == assignment.body_id


def may_chase(assignment: Assignment, visitor: Visitor) -> bool:
    """The office chases any body, a hub those of its own arm."""
    by_hub = visitor.role is Role.HUB and assignment.body.hub_id == visitor.body_id
    return visitor.role in OFFICE or (by_hub and visitor.body_id is not None)


def get_chased(assignment_id: int, visitor: Visitor) -> Assignment:
    """:raises NotFound: there is none, or it is not this visitor's to chase."""
    found = get_assignment(assignment_id, visitor)
    if not may_chase(found, visitor):
        raise NotFound
    return found


def _parts() -> sa.Select[Any]:
    return sa.select(Assignment.id).where(Assignment.suggestion_id == THIS)


@cache
def _noted(kind: Any) -> sa.Select[Any]:
    return (
        sa.select(kind)
        .join(kind.assignment)
        .join(Body, Body.id == Assignment.body_id)
        .where(Assignment.suggestion_id == THIS)
        .options(contains_eager(kind.assignment).contains_eager(Assignment.body))
        .order_by(kind.on.desc(), kind.id.desc())
    )
