"""Ratings awaited and ratings given, limited to who is asking."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.feedback import rates, studying
from tracker.feedback.models import Rating
from tracker.feedback.versions import DISSATISFIED, LATEST
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


def not_rated(visitor: Visitor, on: date) -> sa.Select[tuple[Reply, Deadline]]:
    """Replies the lead deputy let the time pass for, or that were closed without a rating: the latest first."""
    return (
        sa.select(Reply, Deadline)
        .join(Deadline, sa.and_(Deadline.reply_id == Reply.id, rates.unrated(on)))
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .where(Deadline.congress_id == visitor.congress_id, scope(visitor))
        .options(contains_eager(Reply.assignment).options(*_ABOUT))
        .order_by(Deadline.due_on.desc(), Deadline.id)
    )


def dissatisfied(visitor: Visitor) -> sa.Select[tuple[Rating]]:
    """Ratings whose last word is dissatisfied, the newest first."""
    return _ratings(visitor).where(DISSATISFIED, LATEST)


def changed(visitor: Visitor) -> sa.Select[tuple[Rating]]:
    """Ratings that were changed: the new versions, the newest first, each with its reason."""
    return _ratings(visitor).where(Rating.version > 1)


def to_study(visitor: Visitor) -> sa.Select[tuple[Rating, Deadline]]:
    """Dissatisfied ratings that wait for the office's decision, with its clock, the oldest first."""
    return (
        studying.pending()
        .add_columns(Deadline)
        .outerjoin(Deadline, sa.and_(Deadline.reply_id == Reply.id, Deadline.kind == Kind.STUDY, IS_OPEN))
        .where(Assignment.congress_id == visitor.congress_id, scope(visitor))
        .options(
            joinedload(Rating.deputy),
            selectinload(Rating.studies),
            contains_eager(Rating.reply).contains_eager(Reply.assignment).options(*_ABOUT),
        )
        .order_by(Rating.on, Rating.id)
    )


def silence_of(suggestion_id: int, on: date) -> list[Deadline]:
    """The clocks of its ratings that ended without one: what is shown as not rated."""
    wanted = (
        sa.select(Deadline)
        .join(Reply, Reply.id == Deadline.reply_id)
        .join(Reply.assignment)
        .where(Assignment.suggestion_id == suggestion_id, rates.unrated(on))
    )
    return list(db.session.scalars(wanted.order_by(Deadline.id)))


def get_rating(rating_id: int, visitor: Visitor) -> Rating:
    """One rating, for the office; a deputy has his own.

    :raises NotFound: there is none, or it is not this visitor's.
    """
    wanted = studying.whole_rating().where(
        Rating.id == rating_id, Assignment.congress_id == visitor.congress_id, scope(visitor)
    )
    if visitor.role is Role.DEPUTY:
        wanted = wanted.where(Rating.deputy_id.in_(cards_of(visitor.deputy_id or 0)))
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


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
        .order_by(Delivery.released_on, Reply.id)
    )


def own_ratings(visitor: Visitor) -> sa.Select[tuple[Rating]]:
    """What a deputy thinks of the replies he rated, the newest first."""
    return _ratings(visitor).where(LATEST, Rating.deputy_id.in_(cards_of(visitor.deputy_id)))


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
        selectinload(Rating.studies),
        contains_eager(Rating.reply).contains_eager(Reply.assignment).joinedload(Assignment.body),
    )
    .order_by(Rating.id)
)


def ratings_of_reply(reply_id: int) -> list[Rating]:
    """Every rating of a reply with its scan and what was found of it, oldest first, earlier versions too."""
    options = (joinedload(Rating.deputy), joinedload(Rating.scan), selectinload(Rating.studies))
    wanted = sa.select(Rating).where(Rating.reply_id == reply_id).options(*options).order_by(Rating.id)
    return list(db.session.scalars(wanted))


def may_judge(reply: Reply) -> list[Deputy]:
    """The deputies whose suggestion it is, the lead first; who heads the body does not rate its reply."""
    suggestion = reply.assignment.suggestion
    wanted = (
        sa.select(Deputy)
        .where(
            Deputy.id.in_(signers(suggestion.id)),
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
