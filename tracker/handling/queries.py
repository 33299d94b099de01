"""Assignments and replies, limited to who is asking."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload, undefer

from tracker.database import batches, db
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.errors import NotFound
from tracker.handling.models import Contact, CoOpinion, Extension, Reply, ReplyFile
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body, Deputy
from tracker.structure.succession import and_before, is_of
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Signature, Suggestion
from tracker.suggestion.queries import GONE, THIS, scope, scope_within


def assignments_visible_to(visitor: Visitor) -> sa.Select[tuple[Assignment]]:
    """The assignments a visitor may see: a body its own, a hub its branch's, the office all of its congress."""
    within = (Suggestion.congress_id == visitor.congress_id, *scope_within(visitor))
    wanted = sa.select(Assignment).join(Assignment.suggestion).where(*within)
    if visitor.assignment_id is not None:
        return wanted.where(Assignment.id == visitor.assignment_id)
    if visitor.role in BODY:
        return wanted.where(Assignment.body_id.in_(and_before(visitor.body_id)), Assignment.standing.not_in(GONE))
    if visitor.role is Role.HUB:
        under = sa.select(Body.id).where(Body.hub_id == visitor.body_id)
        own = Assignment.body_id.in_(and_before(visitor.body_id))
        return wanted.where(sa.or_(own, Assignment.body_id.in_(under)))
    return wanted


def get_assignment(assignment_id: int | None, visitor: Visitor) -> Assignment:
    """One assignment with all its page shows.

    :raises NotFound: there is none, or it is not this visitor's to see.
    """
    asked = {**numbers(visitor), "asked_id": assignment_id}
    found: Assignment | None = db.session.scalars(_shown(anyone(visitor)), asked).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


@cache
def _shown(who: Anyone) -> sa.Select[Any]:
    return (
        assignments_visible_to(who)
        .where(Assignment.id == sa.bindparam("asked_id", type_=sa.Integer))
        .options(
            joinedload(Assignment.body),
            joinedload(Assignment.receipt),
            joinedload(Assignment.suggestion).options(
                undefer(Suggestion.text),
                joinedload(Suggestion.meeting),
                joinedload(Suggestion.lead_deputy).joinedload(Deputy.delegation),
                joinedload(Suggestion.delegation),
                selectinload(Suggestion.signatures).joinedload(Signature.deputy),
            ),
            selectinload(Assignment.returns),
            selectinload(Assignment.deadlines),
        )
    )


def may_act_for(assignment: Assignment, visitor: Visitor) -> bool:
    """Whether the visitor acts for this assignment's own body."""
    return visitor.role in (*BODY, Role.HUB) and is_of(visitor.body_id, assignment.body_id)


def others(assignment: Assignment) -> list[Assignment]:
    """The other bodies of the same suggestion that still take part."""
    wanted = (
        sa.select(Assignment)
        .where(
            Assignment.suggestion_id == assignment.suggestion_id,
            Assignment.id != assignment.id,
            Assignment.standing.not_in((*GONE, Standing.PASSED_ON, Standing.HANDLED_AGAIN)),
        )
        .options(joinedload(Assignment.body), selectinload(Assignment.deadlines))
        .order_by(Assignment.id)
    )
    return list(db.session.scalars(wanted).unique())


def find_reply(assignment_id: int) -> Reply | None:
    """The reply of an assignment, draft or not, with everything that hangs on it."""
    return db.session.scalars(_reply_of(), {"asked_id": assignment_id}).unique().one_or_none()


def get_reply(reply_id: int, visitor: Visitor) -> Reply:
    """One reply the visitor may read: a body its own, the office and the body's hub once submitted, others once
    delivered. A link to one reply opens no other.

    :raises NotFound: there is none, or it is not this visitor's to see.
    """
    wanted = _whole_reply().join(Reply.assignment).join(Assignment.suggestion)
    wanted = wanted.where(Reply.id == reply_id, scope(visitor), readable(visitor))
    linked_id = getattr(visitor, "reply_id", None)
    if linked_id is not None:
        wanted = wanted.where(Reply.id == linked_id)
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def readable(visitor: Visitor) -> sa.ColumnElement[bool]:
    """Which replies a visitor may read of the suggestions he sees; a draft is nobody's but the body's own."""
    delivered = Assignment.standing.in_(DELIVERED)
    submitted = Assignment.standing == Standing.SUBMITTED
    if visitor.role in BODY:
        own = Assignment.body_id.in_(and_before(visitor.body_id))
        return sa.or_(delivered, sa.and_(own, Assignment.standing.not_in(GONE)))
    if visitor.role in OFFICE:
        return sa.or_(delivered, submitted)
    if visitor.role is Role.HUB:
        under = sa.select(Body.id).where(Body.hub_id == visitor.body_id)
        own = Assignment.body_id.in_(and_before(visitor.body_id))
        return sa.or_(delivered, own, sa.and_(submitted, Assignment.body_id.in_(under)))
    return delivered


def hold(*assignments: Assignment) -> None:
    """Nobody else acts on these assignments until the transaction ends (SQLite has one writer anyway).

    In the order of their numbers, so that two who hold the same ones never wait for each other.
    """
    for some in batches(sorted(assignment.id for assignment in assignments)):
        db.session.execute(
            sa.select(Assignment.id).where(Assignment.id.in_(some)).order_by(Assignment.id).with_for_update()
        )


DELIVERED = (Standing.DELIVERED, Standing.RATED, Standing.HANDLED_AGAIN)
OWED = (Standing.ASSIGNED, Standing.RECEIVED, Standing.RETURN_ASKED)


@cache
def _reply_of() -> sa.Select[tuple[Reply]]:
    return _whole_reply().where(Reply.assignment_id == sa.bindparam("asked_id", type_=sa.Integer))


def _whole_reply() -> sa.Select[tuple[Reply]]:
    return sa.select(Reply).options(
        undefer(Reply.text),
        joinedload(Reply.assignment).joinedload(Assignment.body),
        joinedload(Reply.assignment)
        .joinedload(Assignment.suggestion)
        .options(undefer(Suggestion.text), joinedload(Suggestion.lead_deputy), joinedload(Suggestion.meeting)),
        joinedload(Reply.publication),
        *map(selectinload, (Reply.points, Reply.measures, Reply.versions, Reply.approvals, Reply.class_changes)),
        selectinload(Reply.files).joinedload(ReplyFile.file),
        selectinload(Reply.promises),
        selectinload(Reply.deliveries),
        selectinload(Reply.sendings_back),
    )


def contacts_of(assignment_ids: list[int]) -> list[Contact]:
    """The contacts noted for some assignments, oldest first."""
    return list(db.session.scalars(_CONTACTS, {"ids": assignment_ids}))


def opinions_of(suggestion_id: int) -> list[tuple[CoOpinion, Assignment]]:
    """The co-handlers' opinions on a suggestion, with whose they are."""
    return [(row[0], row[1]) for row in db.session.execute(_OPINIONS, {"suggestion_id": suggestion_id})]


def get_opinion(opinion_id: int, suggestion_id: int) -> tuple[CoOpinion, Assignment]:
    """One co-handler's opinion on this suggestion, with whose it is.

    :raises NotFound: there is none on this suggestion.
    """
    wanted = (
        sa.select(CoOpinion, Assignment)
        .join(Assignment, Assignment.id == CoOpinion.assignment_id)
        .where(CoOpinion.id == opinion_id, Assignment.suggestion_id == suggestion_id)
        .options(joinedload(Assignment.body), joinedload(Assignment.suggestion))
    )
    found = db.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def extensions_of(assignment_ids: list[int]) -> list[Extension]:
    """The extensions asked for some assignments, oldest first."""
    return list(db.session.scalars(_EXTENSIONS, {"ids": assignment_ids}))


def replies_of(suggestion_id: int, visitor: Visitor) -> list[Reply]:
    """The replies to a suggestion that this visitor may read, oldest first."""
    asked = {**numbers(visitor), "suggestion_id": suggestion_id}
    return list(db.session.scalars(_replies(anyone(visitor)), asked).unique())


@cache
def _replies(who: Anyone) -> sa.Select[tuple[Reply]]:
    return (
        sa.select(Reply)
        .join(Reply.assignment)
        .where(Assignment.suggestion_id == THIS, Reply.submitted_on.is_not(None), readable(who))
        .options(
            undefer(Reply.text),
            contains_eager(Reply.assignment).joinedload(Assignment.body),
            selectinload(Reply.files).joinedload(ReplyFile.file),
            selectinload(Reply.deliveries),
            selectinload(Reply.sendings_back),
        )
        .order_by(Reply.id)
    )


def needs_the_deputy(assignment: Assignment, visitor: Visitor) -> bool:
    """Whether the deputy's phone is shown: to the body that answers, and to the office."""
    answers = may_act_for(assignment, visitor) and assignment.part in ANSWERING
    return visitor.role in OFFICE or (answers and assignment.standing not in GONE)


_IDS: Any = sa.bindparam("ids", expanding=True)
_CONTACTS = sa.select(Contact).where(Contact.assignment_id.in_(_IDS)).order_by(Contact.on, Contact.id)
_EXTENSIONS = sa.select(Extension).where(Extension.assignment_id.in_(_IDS)).order_by(Extension.id)
_OPINIONS = (
    sa.select(CoOpinion, Assignment)
    .join(Assignment, Assignment.id == CoOpinion.assignment_id)
    .where(Assignment.suggestion_id == THIS)
    .options(joinedload(Assignment.body))
    .order_by(CoOpinion.id)
)
