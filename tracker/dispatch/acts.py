"""The hand-overs that were made, and what each gave to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment, HandOver
from tracker.errors import NotFound
from tracker.roles import OFFICE
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.succession import is_of
from tracker.suggestion.models import Signature, Suggestion
from tracker.suggestion.queries import GONE

WHOLE_MEETING = 20  # item-bodies of an act that is no single suggestion of the recess
ANSWERS = (Kind.REPLY, Kind.REHANDLE, Kind.CO_OPINION)


def acts(visitor: Visitor, *, most: int) -> list[Any]:
    """The last hand-overs, each with how many items and item-bodies (件, 件次) it gave: whole meetings, then the rest.

    What went to one body anew (after a return, for another round) is found on its own page.
    """
    wanted = (
        sa.select(
            HandOver,
            sa.func.count(sa.distinct(Assignment.suggestion_id)).label("items"),
            sa.func.count(Assignment.id).label("given"),
        )
        .join(Assignment, Assignment.hand_over_id == HandOver.id)
        .where(HandOver.congress_id == visitor.congress_id, Assignment.standing.not_in(GONE))
        .group_by(HandOver.id)
        .having(sa.or_(sa.func.count(Assignment.id) > 1, HandOver.document_number != ""))
        .order_by((sa.func.count(Assignment.id) < WHOLE_MEETING).label("small"), HandOver.on.desc(), HandOver.id.desc())
        .limit(most)
    )
    return list(db.session.execute(wanted))


def get_act(hand_over_id: int, visitor: Visitor, body_id: int | None = None) -> HandOver:
    """One hand-over, for the office; for a body, as far as it is about itself.

    :raises NotFound: there is none, or it is not this visitor's to see.
    """
    found = db.session.get(HandOver, hand_over_id)
    if found is None or found.congress_id != visitor.congress_id:
        raise NotFound
    if visitor.role not in OFFICE and (body_id is None or not is_of(visitor.body_id, body_id)):
        raise NotFound
    return found


def given(act: HandOver, body_id: int | None = None) -> list[Assignment]:
    """What the hand-over gave and was not taken back, in the order of its numbers; to one body, or to all.

    :raises NotFound: it gave nothing to this body.
    """
    wanted = (
        sa.select(Assignment)
        .where(Assignment.hand_over_id == act.id, Assignment.standing.not_in(GONE))
        .options(
            joinedload(Assignment.body),
            joinedload(Assignment.suggestion).options(
                joinedload(Suggestion.lead_deputy),
                joinedload(Suggestion.delegation),
                joinedload(Suggestion.meeting),
                selectinload(Suggestion.signatures).load_only(Signature.id),
            ),
        )
        .order_by(Assignment.suggestion_id, Assignment.id)
    )
    if body_id is not None:
        wanted = wanted.where(Assignment.body_id == body_id)
    found = list(db.session.scalars(wanted).unique())
    if not found:
        raise NotFound
    return found


def by_body(assigned: Iterable[Assignment]) -> dict[Body, list[Assignment]]:
    """The same, body by body in the order of the ledger."""
    found: dict[Body, list[Assignment]] = {}
    for one in sorted(assigned, key=lambda one: (one.body.sort_key, one.body_id, one.id)):
        found.setdefault(one.body, []).append(one)
    return found


def last_days(assigned: Iterable[Assignment]) -> dict[int, date]:
    """The day each body's own answer is due, by assignment."""
    ids, found = [one.id for one in assigned], {}
    for start in range(0, len(ids), 500):
        wanted = sa.select(Deadline.assignment_id, Deadline.due_on).where(
            Deadline.assignment_id.in_(ids[start : start + 500]),
            Deadline.kind.in_(ANSWERS),
            Deadline.voided_on.is_(None),
        )
        found.update({row[0]: row[1] for row in db.session.execute(wanted.order_by(Deadline.id))})
    return found


def beside(assigned: Iterable[Assignment]) -> dict[int, list[Assignment]]:
    """All bodies of the same suggestions that take part, by suggestion."""
    ids = sorted({one.suggestion_id for one in assigned})
    found: dict[int, list[Assignment]] = {}
    for start in range(0, len(ids), 500):
        wanted = (
            sa.select(Assignment)
            .where(Assignment.suggestion_id.in_(ids[start : start + 500]), Assignment.standing.not_in(GONE))
            .options(joinedload(Assignment.body))
            .order_by(Assignment.id)
        )
        for one in db.session.scalars(wanted):
            found.setdefault(one.suggestion_id, []).append(one)
    return found
