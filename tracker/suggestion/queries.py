"""Suggestions, limited to who is asking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.database import db
from tracker.errors import NotFound
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body, Deputy, Pairing
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Entry, Signature, Suggestion

GONE = (Standing.RETURNED, Standing.RECALLED)


def visible_to(visitor: Visitor) -> sa.Select[tuple[Suggestion]]:
    """The suggestions this visitor may see, and nothing else; every list and page begins here."""
    return sa.select(Suggestion).where(scope(visitor))


def scope(visitor: Visitor) -> sa.ColumnElement[bool]:
    """The condition under which a visitor may see a suggestion (the object's side of security promise 4)."""
    same_congress = Suggestion.congress_id == visitor.congress_id
    own = _own(visitor)
    if own is None:
        return sa.false()
    return sa.and_(same_congress, own)


def _own(visitor: Visitor) -> sa.ColumnElement[bool] | None:
    no_draft = Suggestion.stage != Stage.DRAFT
    if visitor.assignment_id is not None:
        return _assigned(_assignment().id == visitor.assignment_id, _theirs(visitor))
    if visitor.role in OFFICE:
        return sa.true()
    if visitor.role in (Role.LEADER, Role.AUDITOR):
        return sa.and_(no_draft, Suggestion.internal.is_(False))
    if visitor.role in BODY and visitor.body_id is not None:
        return _assigned(_theirs(visitor))
    if visitor.role is Role.HUB and visitor.body_id is not None:
        under = sa.select(Body.id).where(sa.or_(Body.hub_id == visitor.body_id, Body.id == visitor.body_id))
        return _assigned(_assignment().body_id.in_(under))
    if visitor.role is Role.COMMITTEE and visitor.body_id is not None:
        paired = sa.select(Pairing.body_id).where(Pairing.committee_id == visitor.body_id)
        theirs = _assigned(_assignment().body_id.in_(paired), _assignment().standing.not_in(GONE))
        watched = sa.or_(Suggestion.key.is_(True), theirs)
        return sa.and_(no_draft, Suggestion.internal.is_(False), watched)
    if visitor.role is Role.DEPUTY and visitor.deputy_id is not None:
        signed = sa.select(Signature.suggestion_id).where(Signature.deputy_id == visitor.deputy_id)
        return sa.or_(Suggestion.lead_deputy_id == visitor.deputy_id, Suggestion.id.in_(signed))
    return None


def _assignment() -> Any:
    """The class of assignments, which stands above this package: known through the relationship only."""
    return Suggestion.assignments.property.mapper.class_


def _assigned(*which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Suggestions with such an assignment: an IN that reads the assignment's index, not a test per suggestion."""
    return Suggestion.id.in_(sa.select(_assignment().suggestion_id).where(*which))


def _theirs(visitor: Visitor) -> sa.ColumnElement[bool]:
    """An assignment that is still this body's (what was returned or recalled is no longer to be seen).

    A mailed link of a deputy names an assignment, and no body.
    """
    if visitor.body_id is None and visitor.deputy_id is not None:
        return sa.true()
    return sa.and_(_assignment().body_id == visitor.body_id, _assignment().standing.not_in(GONE))


def get_suggestion(suggestion_id: int, visitor: Visitor) -> Suggestion:
    """The suggestion with what its page always shows.

    :raises NotFound: there is none, or it is not this visitor's to see.
    """
    wanted = (
        visible_to(visitor)
        .where(Suggestion.id == suggestion_id)
        .options(
            sa.orm.undefer(Suggestion.text),
            sa.orm.joinedload(Suggestion.meeting),
            sa.orm.joinedload(Suggestion.delegation),
            sa.orm.joinedload(Suggestion.lead_deputy).joinedload(Deputy.delegation),
            selectinload(Suggestion.signatures).joinedload(Signature.deputy),
        )
    )
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def history(suggestion: Suggestion, visitor: Visitor) -> list[Entry]:
    """The lines of history this visitor may read, oldest first.

    A body reads the suggestion's own lines and those of its own assignments; deputies read no steps of the ladder.
    """
    wanted = (
        sa.select(Entry)
        .where(Entry.suggestion_id == suggestion.id)
        .options(sa.orm.joinedload(Entry.body))
        .order_by(Entry.id)
    )
    assignment = _assignment()
    if visitor.role in BODY:
        own = sa.select(assignment.id).where(
            assignment.suggestion_id == suggestion.id, assignment.body_id == visitor.body_id
        )
        wanted = wanted.where(sa.or_(Entry.assignment_id.is_(None), Entry.assignment_id.in_(own)))
    if visitor.role is Role.DEPUTY:
        wanted = wanted.where(Entry.move.not_in(INWARD))
    return list(db.session.scalars(wanted))


INWARD: Iterable[str] = (
    "alarm",
    "ask_return",
    "refuse_return",
    "grant_return",
    "send_back",
    "submit",
    "propose",
    "ask_extension",
    "refuse_extension",
)
