"""Replies that say “in progress” or “planned” and name no day: what cannot be followed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tracker.database import columns
from tracker.dispatch.models import Assignment
from tracker.followup.rules import TO_BE_DATED
from tracker.handling.models import Delivery, Promise, Reply
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.succession import and_before
from tracker.suggestion.anyone import anyone, numbers
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

STANDING = (Standing.DELIVERED, Standing.RATED)
SINCE_ON = sa.select(sa.func.min(Delivery.on)).where(Delivery.reply_id == Reply.id).correlate(Reply).scalar_subquery()


def is_undated() -> sa.ColumnElement[bool]:
    """Of a reply with its assignment: delivered, still to be done, and without a promise that has a day."""
    promised = sa.select(Promise.id).where(Promise.reply_id == Reply.id).correlate(Reply)
    return sa.and_(Assignment.standing.in_(STANDING), Reply.outcome.in_(TO_BE_DATED), sa.not_(promised.exists()))


def undated(visitor: Any) -> sa.Select[Any]:
    """Such replies of suggestions this visitor may see, the oldest first: a body its own."""
    shown = (Suggestion.id, Suggestion.number, Suggestion.title, Suggestion.internal, Reply.class_label)
    wanted = (
        sa.select(*shown, Reply.id.label("reply_id"), Body.name, Body.name_en, SINCE_ON.label("since_on"))
        .select_from(Reply)
        .join(Reply.assignment)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(scope(visitor), is_undated(), Suggestion.stage != Stage.WITHDRAWN)
        .order_by(SINCE_ON, Reply.id)
    )
    return wanted.where(Assignment.body_id.in_(and_before(visitor.body_id))) if visitor.role in BODY else wanted


def undated_of(visitor: Visitor) -> Sequence[Any]:
    """The rows of the list."""
    return columns(undated(anyone(visitor)), numbers(visitor)).all()


def may_date(visitor: Visitor, assignment: Assignment) -> bool:
    """Who names the day afterwards: the body itself, or the office for it."""
    if visitor.role in OFFICE:
        return True
    return visitor.role in (*BODY, Role.HUB) and visitor.body_id == assignment.body_id
