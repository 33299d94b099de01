"""Remarks, limited to who is asking: whose it is, whom it is addressed to, and whom its author lets read it."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.remarks.models import Remark
from tracker.remarks.rules import Audience
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.succession import and_before
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE, THIS, scope


def readable(visitor: Any) -> sa.ColumnElement[bool]:
    """Which remarks a visitor may read of the suggestions he sees; another body's only if it let him."""
    if visitor.role in OFFICE:
        return sa.true()
    if visitor.role is Role.DEPUTY:
        return Remark.audience == Audience.DEPUTY
    open_to_all = Remark.audience.in_((Audience.ALL, Audience.DEPUTY))
    if visitor.role not in (*BODY, Role.HUB, Role.COMMITTEE) or visitor.body_id is None:
        return open_to_all
    own = and_before(visitor.body_id)
    theirs = sa.or_(open_to_all, Remark.body_id.in_(own), Remark.to_body_id.in_(own))
    return sa.or_(theirs, Remark.audience == Audience.HUB) if visitor.role is Role.HUB else theirs


def addressed(visitor: Any) -> sa.ColumnElement[bool]:
    """Said to this visitor's office or body, and not seen yet."""
    to = Remark.to_office.is_(True) if visitor.role in OFFICE else Remark.to_body_id.in_(and_before(visitor.body_id))
    return sa.and_(to, Remark.seen_at.is_(None), Remark.withdrawn_at.is_(None))


def remarked(_who: Anyone) -> sa.Select[Any]:
    return sa.select(Remark.id).where(Remark.suggestion_id == THIS)


def remarks_of(suggestion_id: int, visitor: Visitor) -> list[Remark]:
    """What was said about a suggestion as far as this visitor may read it, oldest first."""
    if is_empty(remarked, suggestion_id=suggestion_id):
        return []
    asked = {**numbers(visitor), "suggestion_id": suggestion_id}
    return list(db.session.scalars(_remarks(anyone(visitor)), asked))


@cache
def _remarks(who: Anyone) -> sa.Select[tuple[Remark]]:
    return (
        sa.select(Remark)
        .where(Remark.suggestion_id == THIS, readable(who))
        .options(joinedload(Remark.body), joinedload(Remark.to_body))
        .order_by(Remark.id)
    )


def get_remark(remark_id: int, visitor: Visitor) -> Remark:
    """:raises NotFound: there is none, or it is not this visitor's to read."""
    wanted = (
        sa.select(Remark)
        .join(Remark.suggestion)
        .where(Remark.id == remark_id, scope(visitor), readable(visitor))
        .options(contains_eager(Remark.suggestion))
    )
    found = db.session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def is_addressed(remark: Remark, visitor: Visitor) -> bool:
    """Whether it waits for this visitor's office or body."""
    wanted = sa.select(Remark.id).where(Remark.id == remark.id, addressed(visitor))
    return db.session.scalar(wanted) is not None


def waits(visitor: Any) -> sa.Select[Any]:
    """What was said to this visitor and not seen yet, the oldest first."""
    return (
        sa.select(Remark)
        .join(Suggestion, Suggestion.id == Remark.suggestion_id)
        .where(Remark.congress_id == visitor.congress_id, scope(visitor), addressed(visitor))
        .order_by(Remark.id)
    )


def addressed_on(suggestion_id: int, visitor: Visitor) -> list[Remark]:
    """What was said to this visitor about one suggestion and not seen yet."""
    return list(db.session.scalars(waits(visitor).where(Remark.suggestion_id == suggestion_id)))


def handling_bodies(suggestion_id: int) -> list[int]:
    """The bodies that have a part in a suggestion."""
    wanted = sa.select(Assignment.body_id).where(
        Assignment.suggestion_id == suggestion_id, Assignment.standing.not_in(GONE)
    )
    return list(db.session.scalars(wanted))
