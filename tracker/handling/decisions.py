"""What waits for a decision: submitted replies to be read, extensions asked for."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline, Holder
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.handling.agreement import LeadAgreement
from tracker.handling.models import Extension, Reply
from tracker.handling.queries import OWED, assignments_visible_to, readable
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope


def to_read(visitor: Visitor) -> sa.Select[tuple[Reply, Deadline]]:
    """Submitted replies that wait to be read, with the clock of the check: a hub those its rules give it, the office
    all of its congress (a hub may be slow).
    """
    wanted = (
        sa.select(Reply, Deadline)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .outerjoin(Deadline, sa.and_(Deadline.reply_id == Reply.id, Deadline.kind == Kind.CHECK, IS_OPEN))
        .where(
            Assignment.congress_id == visitor.congress_id,
            Assignment.standing == Standing.SUBMITTED,
            scope(visitor),
            readable(visitor),
        )
        .options(
            contains_eager(Reply.assignment).options(
                joinedload(Assignment.body), contains_eager(Assignment.suggestion).joinedload(Suggestion.lead_deputy)
            )
        )
        .order_by(Reply.submitted_on, Reply.id)
    )
    if visitor.role is Role.HUB:
        return wanted.where(Deadline.holder == Holder.HUB, Assignment.body_id != visitor.body_id)
    return wanted if visitor.role in OFFICE else wanted.where(sa.false())


def may_read_first(reply: Reply, visitor: Visitor) -> bool:
    """Whether this visitor delivers the reply or sends it back."""
    return db.session.execute(to_read(visitor).where(Reply.id == reply.id)).first() is not None


def extensions_to_decide(visitor: Visitor) -> sa.Select[tuple[Extension]]:
    """Extensions asked and not decided, while the reply is still owed: a hub its bodies', the office all."""
    wanted = (
        sa.select(Extension)
        .join(Extension.assignment)
        .join(Assignment.suggestion)
        .where(
            Assignment.congress_id == visitor.congress_id,
            Extension.granted.is_(None),
            Assignment.standing.in_(OWED),
            scope(visitor),
        )
        .options(
            contains_eager(Extension.assignment).options(
                joinedload(Assignment.body),
                contains_eager(Assignment.suggestion).options(
                    joinedload(Suggestion.lead_deputy), joinedload(Suggestion.meeting)
                ),
            )
        )
        .order_by(Extension.asked_on, Extension.id)
    )
    if visitor.role is Role.HUB:
        return wanted.where(Assignment.body_id.in_(sa.select(Body.id).where(Body.hub_id == visitor.body_id)))
    return wanted if visitor.role in OFFICE else wanted.where(sa.false())


def disagreements(visitor: Visitor) -> sa.Select[tuple[LeadAgreement]]:
    """Joint replies to which the other lead did not agree, for the office, while the reply is owed."""
    wanted = (
        sa.select(LeadAgreement)
        .join(LeadAgreement.assignment)
        .join(Assignment.suggestion)
        .where(
            Assignment.congress_id == visitor.congress_id,
            LeadAgreement.refused_on.is_not(None),
            LeadAgreement.agreed_on.is_(None),
            LeadAgreement.ended_on.is_(None),
            Assignment.standing.in_(OWED),
            scope(visitor),
        )
        .order_by(LeadAgreement.refused_on, LeadAgreement.id)
    )
    return wanted if visitor.role in OFFICE else wanted.where(sa.false())


def with_clocks(wanted: sa.Select[tuple[Extension]]) -> sa.Select[tuple[Extension]]:
    """The same extensions, with the clocks of their assignments."""
    return wanted.options(contains_eager(Extension.assignment).selectinload(Assignment.deadlines))


def get_decided(extension_id: int, visitor: Visitor) -> Extension:
    """An extension that is decided, for those who see its assignment.

    :raises NotFound: it is not decided, or its assignment is not this visitor's to see.
    """
    seen = assignments_visible_to(visitor).with_only_columns(Assignment.id)
    wanted = sa.select(Extension).where(
        Extension.id == extension_id, Extension.granted.is_not(None), Extension.assignment_id.in_(seen)
    )
    about = joinedload(Extension.assignment)
    whole = (
        about.joinedload(Assignment.body),
        about.joinedload(Assignment.suggestion).joinedload(Suggestion.meeting),
    )
    found = db.session.scalars(wanted.options(*whole)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def get_extension(extension_id: int, visitor: Visitor) -> Extension:
    """:raises NotFound: it is decided, or not this visitor's to decide."""
    found = (
        db.session.scalars(with_clocks(extensions_to_decide(visitor)).where(Extension.id == extension_id))
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound
    return found
