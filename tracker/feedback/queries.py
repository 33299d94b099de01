"""Ratings awaited and ratings given, limited to who is asking."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.feedback.models import Rating, Verdict
from tracker.handling.models import Delivery, Reply
from tracker.handling.queries import DELIVERED
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Deputy
from tracker.structure.succession import and_after, cards_of, headed_by
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS, scope, signers

_ABOUT = (
    joinedload(Assignment.body),
    contains_eager(Assignment.suggestion).joinedload(Suggestion.lead_deputy),
)


def awaited(visitor: Visitor) -> sa.Select[tuple[Reply, Deadline]]:
    """Delivered replies whose lead deputy has not rated, with the clock of the rating, the oldest first."""
    return (
        sa.select(Reply, Deadline)
        .join(Deadline, sa.and_(Deadline.reply_id == Reply.id, Deadline.kind == Kind.EVALUATE, IS_OPEN))
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .where(Deadline.congress_id == visitor.congress_id, scope(visitor))
        .options(contains_eager(Reply.assignment).options(*_ABOUT))
        .order_by(Deadline.due_on, Deadline.id)
    )


IS_BAD = sa.or_(Rating.attitude == Verdict.DISSATISFIED, Rating.result == Verdict.DISSATISFIED)


def dissatisfied(visitor: Visitor) -> sa.Select[tuple[Rating]]:
    """Ratings that say dissatisfied, the newest first."""
    return _ratings(visitor).where(IS_BAD)


def to_rate(visitor: Visitor) -> sa.Select[tuple[Reply]]:
    """What a deputy has been sent and has not rated himself, the oldest first."""
    cards = cards_of(visitor.deputy_id)
    rated = sa.select(Rating.id).where(Rating.reply_id == Reply.id, Rating.deputy_id.in_(cards))
    return (
        sa.select(Reply)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .join(Delivery, sa.and_(Delivery.reply_id == Reply.id, Delivery.deputy_id.in_(cards)))
        .where(
            scope(visitor),
            Assignment.standing.in_(DELIVERED),
            Assignment.body_id.not_in(headed_by(visitor.deputy_id)),
            sa.not_(rated.exists()),
        )
        .options(contains_eager(Reply.assignment).options(*_ABOUT))
        .order_by(Delivery.on, Reply.id)
    )


def own_ratings(visitor: Visitor) -> sa.Select[tuple[Rating]]:
    """What a deputy has rated, the newest first."""
    return _ratings(visitor).where(Rating.deputy_id.in_(cards_of(visitor.deputy_id)))


def ratings_of(suggestion_id: int) -> list[Rating]:
    """All ratings of a suggestion, oldest first."""
    if is_empty(rated, suggestion_id=suggestion_id):
        return []
    return list(db.session.scalars(_RATINGS, {"suggestion_id": suggestion_id}))


def rated(_who: Anyone) -> sa.Select[Any]:
    """The same, as rows."""
    wanted = sa.select(Rating.id).join(Reply, Reply.id == Rating.reply_id)
    return wanted.join(Assignment, Assignment.id == Reply.assignment_id).where(Assignment.suggestion_id == THIS)


_RATINGS = (
    sa.select(Rating)
    .join(Rating.reply)
    .join(Reply.assignment)
    .where(Assignment.suggestion_id == THIS)
    .options(
        joinedload(Rating.deputy),
        contains_eager(Rating.reply).contains_eager(Reply.assignment).joinedload(Assignment.body),
    )
    .order_by(Rating.id)
)


def ratings_of_reply(reply_id: int) -> list[Rating]:
    wanted = sa.select(Rating).where(Rating.reply_id == reply_id).options(joinedload(Rating.deputy)).order_by(Rating.id)
    return list(db.session.scalars(wanted))


def may_rate(reply: Reply) -> list[Deputy]:
    """The deputies whose suggestion it is, the lead first, and who have not rated this reply; who heads the body does
    not rate it.
    """
    suggestion = reply.assignment.suggestion
    rated = sa.select(Rating.deputy_id).where(Rating.reply_id == reply.id)
    wanted = (
        sa.select(Deputy)
        .where(
            Deputy.id.in_(signers(suggestion.id)),
            Deputy.id.not_in(rated),
            sa.func.coalesce(Deputy.heads_body_id, 0).not_in(and_after(reply.assignment.body_id)),
        )
        .order_by(sa.case((Deputy.id == suggestion.lead_deputy_id, 0), else_=1), Deputy.id)
    )
    return list(db.session.scalars(wanted))


def signing_card(reply: Reply, deputy_id: int) -> Deputy:
    """The card under which this person signed the suggestion: a deputy elected again rates what he put forward before.

    Who did not sign keeps the card he holds; the rule then says no.
    """
    suggestion_id = reply.assignment.suggestion_id
    wanted = sa.select(Deputy).where(Deputy.id.in_(cards_of(deputy_id)), Deputy.id.in_(signers(suggestion_id)))
    found = db.session.scalar(wanted.order_by(Deputy.id.desc()).limit(1))
    return found or db.session.get_one(Deputy, deputy_id)


def sees_comments(visitor: Visitor) -> bool:
    """The comment is for the office and the deputies; never for the body that was rated, nor its hub."""
    return visitor.role in (*OFFICE, Role.DEPUTY)


def sees_ratings(visitor: Visitor) -> bool:
    """Who may know how it was rated: all who see the suggestion."""
    return visitor.role in (*OFFICE, *BODY, Role.HUB, Role.DEPUTY, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)


def count(wanted: sa.Select[Any]) -> int:
    """How many rows a list has."""
    ids = wanted.with_only_columns(Reply.id, maintain_column_froms=True).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(ids)) or 0


def _ratings(visitor: Visitor) -> sa.Select[tuple[Rating]]:
    return (
        sa.select(Rating)
        .join(Rating.reply)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .where(Assignment.congress_id == visitor.congress_id, scope(visitor))
        .options(
            joinedload(Rating.deputy),
            contains_eager(Rating.reply).contains_eager(Reply.assignment).options(*_ABOUT),
        )
        .order_by(Rating.on.desc(), Rating.id.desc())
    )
