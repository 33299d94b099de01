"""What lies in the folder, and whether acts wait there at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.errors import NotFound
from tracker.roles import OFFICE, Role
from tracker.signing.kinds import kind_of
from tracker.signing.models import GIVEN_BACK, WAITS, SigningMode, ToSign
from tracker.stage import Visitor
from tracker.suggestion.models import Suggestion


def mode_of(congress_id: int | None) -> SigningMode | None:
    """How this congress signs; None: nobody has chosen, one step."""
    return db.session.get(SigningMode, congress_id) if congress_id is not None else None


def needs_signature(who: Visitor) -> bool:
    """Whether what this visitor decides waits for the leader: a clerk's, where the congress signs in two steps."""
    if who.role is not Role.OFFICE_CLERK:
        return False
    mode = mode_of(who.congress_id)
    return mode is not None and mode.two_steps


def papers(who: Visitor, *which: sa.ColumnElement[bool]) -> sa.Select[tuple[ToSign]]:
    """The drafts of the visitor's office, the oldest first."""
    wanted = sa.select(ToSign).where(ToSign.congress_id == who.congress_id, *which)
    if who.role not in OFFICE:
        wanted = wanted.where(sa.false())
    return wanted.order_by(ToSign.drawn_up_on, ToSign.id)


def waiting(who: Visitor) -> list[ToSign]:
    return list(db.session.scalars(papers(who, WAITS).options(joinedload(ToSign.suggestion))))


def given_back(who: Visitor) -> list[ToSign]:
    return list(db.session.scalars(papers(who, GIVEN_BACK).options(joinedload(ToSign.suggestion))))


def get_paper(to_sign_id: int, who: Visitor) -> ToSign:
    """:raises NotFound: there is none in this office."""
    wanted = papers(who).where(ToSign.id == to_sign_id).options(joinedload(ToSign.suggestion))
    found = db.session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def lying_there(kind: str, thing_id: int, who: Visitor) -> ToSign | None:
    """The draft about this that waits, or was given back and is not drawn up anew; it may decide it otherwise."""
    about = (kind, *kind_of(kind).instead_of)
    wanted = papers(who, sa.or_(WAITS, GIVEN_BACK)).where(ToSign.kind.in_(about), ToSign.thing_id == thing_id)
    return db.session.scalars(wanted.order_by(None).order_by(ToSign.id.desc()).limit(1)).first()


def lying_since(kinds: Iterable[str], thing_ids: Iterable[int], who: Visitor) -> dict[int, ToSign]:
    """Which of these things wait for a signature already."""
    about = (ToSign.kind.in_(tuple(kinds)), ToSign.thing_id.in_(tuple(thing_ids)))
    return {one.thing_id: one for one in db.session.scalars(papers(who, WAITS, *about))}


def on_the_desk(who: Any) -> sa.Select[Any]:
    """What waits for this visitor here: the leader's signature, or a clerk's second try."""
    mine = WAITS if who.role is Role.OFFICE_LEADER else GIVEN_BACK
    return papers(who, mine).outerjoin(Suggestion, Suggestion.id == ToSign.suggestion_id)
