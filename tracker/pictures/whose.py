"""Whose item-bodies a visitor's pictures count, so that no number is larger than the list he may open behind it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.figures.seen import whose
from tracker.roles import BODY, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
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
    bodies = whose(visitor)
    theirs: sa.ColumnElement[bool] = sa.true() if bodies is None else Assignment.body_id.in_(bodies)
    if visitor.role in (*BODY, Role.HUB):
        return wanted.where(theirs)
    if visitor.role not in (Role.LEADER, Role.AUDITOR, Role.COMMITTEE):
        return wanted.where(sa.false())
    if visitor.role is Role.COMMITTEE:
        theirs = sa.or_(Assignment.suggestion_id.in_(_marked(visitor, Suggestion.key)), theirs)
    return wanted.where(Assignment.suggestion_id.not_in(_marked(visitor, Suggestion.internal)), theirs)


def _marked(visitor: Visitor, mark: Any) -> sa.Select[tuple[int]]:
    """The few suggestions that are marked: an index of their own has them."""
    return sa.select(Suggestion.id).where(Suggestion.congress_id == visitor.congress_id, mark.is_(True))
