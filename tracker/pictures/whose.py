"""Whose item-bodies a visitor's pictures count, so that no number is larger than the list he may open behind it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.roles import BODY, Role
from tracker.stage import Visitor
from tracker.structure.models import Body, Pairing
from tracker.structure.succession import and_before
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import sees_all_of_it


def open_replies(visitor: Visitor, *shown: Any) -> sa.Select[Any]:
    """Item-bodies that owe a reply: their running clock, body and, where it is asked for, their suggestion."""
    wanted = (
        sa.select(*shown)
        .select_from(Deadline)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(Deadline.congress_id == visitor.congress_id, IS_OPEN, Deadline.kind.in_(REPLIES))
    )
    return within(visitor, wanted)


def within(visitor: Visitor, wanted: sa.Select[Any]) -> sa.Select[Any]:
    """Of a select over assignments those that are this visitor's to count; the whole congress needs no look at all."""
    if sees_all_of_it(visitor):
        return wanted
    if visitor.role in BODY:
        return wanted.where(Assignment.body_id.in_(and_before(visitor.body_id)))
    if visitor.role is Role.HUB:
        own = and_before(visitor.body_id)
        under = sa.select(Body.id).where(sa.or_(Body.hub_id == visitor.body_id, Body.id.in_(own)))
        return wanted.where(Assignment.body_id.in_(under))
    suggested = wanted.join(Suggestion, Suggestion.id == Assignment.suggestion_id)
    shown = suggested.where(Suggestion.internal.is_(False))
    if visitor.role is Role.COMMITTEE:
        paired = sa.select(Pairing.body_id).where(Pairing.committee_id == visitor.body_id)
        return shown.where(sa.or_(Suggestion.key.is_(True), Assignment.body_id.in_(paired)))
    return shown if visitor.role in (Role.LEADER, Role.AUDITOR) else wanted.where(sa.false())


def joins_suggestion(visitor: Visitor) -> bool:
    """Whether `within` has joined the suggestion already."""
    return not sees_all_of_it(visitor) and visitor.role not in (*BODY, Role.HUB)
