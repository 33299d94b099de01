"""Key items, inspections and instructions, limited to who is asking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.roles import BODY, OFFICE, SEES_ALL, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.succession import and_before, is_of
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS, scope
from tracker.supervision.models import Duty, Inspection, InspectionFile, Instruction, KeyItem
from tracker.supervision.rules import How
from tracker.web.paging import ROWS

INSTRUCTED = (*SEES_ALL, Role.HUB, *BODY)


def named_key(_who: Anyone) -> sa.Select[Any]:
    return sa.select(KeyItem.id).where(KeyItem.suggestion_id == THIS)


def inspected(_who: Anyone) -> sa.Select[Any]:
    return sa.select(Inspection.id).where(Inspection.suggestion_id == THIS)


def instructed(_who: Anyone) -> sa.Select[Any]:
    return sa.select(Duty.id).where(Duty.suggestion_id == THIS)


def keys_of(suggestion_id: int) -> list[KeyItem]:
    wanted = sa.select(KeyItem).where(KeyItem.suggestion_id == suggestion_id).options(joinedload(KeyItem.committee))
    return list(db.session.scalars(wanted.order_by(KeyItem.id)))


def inspections_of(suggestion_id: int) -> list[Inspection]:
    """What was inspected and heard, oldest first, with the files."""
    wanted = (
        sa.select(Inspection)
        .where(Inspection.suggestion_id == suggestion_id)
        .options(joinedload(Inspection.body), selectinload(Inspection.files).joinedload(InspectionFile.file))
        .order_by(Inspection.on, Inspection.id)
    )
    return list(db.session.scalars(wanted))


def get_inspection(inspection_id: int, visitor: Visitor) -> Inspection:
    """:raises NotFound: there is none, or it is not this visitor's to see."""
    wanted = (
        sa.select(Inspection)
        .join(Inspection.suggestion)
        .where(Inspection.id == inspection_id, scope(visitor))
        .options(selectinload(Inspection.files).joinedload(InspectionFile.file))
    )
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def readable(visitor: Any) -> sa.ColumnElement[bool]:
    """Whose duties a visitor may read: office, leaders and auditors all they see, a body or hub those addressed to it.

    What was written on a bulletin as a whole has no suggestion, and is theirs who see all.
    """
    if visitor.role in SEES_ALL:
        seen = sa.select(Suggestion.id).where(scope(visitor))
        return sa.or_(Duty.suggestion_id.is_(None), Duty.suggestion_id.in_(seen))
    if visitor.role in (*BODY, Role.HUB) and visitor.body_id is not None:
        seen = sa.select(Suggestion.id).where(scope(visitor))
        return sa.and_(Duty.body_id.in_(and_before(visitor.body_id)), Duty.suggestion_id.in_(seen))
    return sa.false()


def duties(visitor: Any, how: How | None, today: Any) -> sa.Select[tuple[Duty]]:
    """What was instructed, as far as this visitor may read it: what is open by its last day, then the rest."""
    wanted = _instructed(readable(visitor), visitor).order_by(
        Duty.answered_on.is_not(None), Duty.due_on.is_(None), Duty.due_on, Duty.id
    )
    is_open = Duty.answered_on.is_(None)
    if how is How.OPEN:
        return wanted.where(is_open)
    if how is How.OVERDUE:
        return wanted.where(is_open, Duty.due_on < today)
    return wanted.where(sa.not_(is_open)) if how is How.ANSWERED else wanted


def _instructed(which: sa.ColumnElement[bool], visitor: Any) -> sa.Select[tuple[Duty]]:
    return (
        sa.select(Duty)
        .join(Duty.instruction)
        .outerjoin(Duty.suggestion)
        .where(Instruction.congress_id == visitor.congress_id, which)
    )


def whole(wanted: sa.Select[tuple[Duty]]) -> sa.Select[tuple[Duty]]:
    """With what a line shows of each."""
    return wanted.options(contains_eager(Duty.instruction), contains_eager(Duty.suggestion), joinedload(Duty.body))


def count(wanted: sa.Select[Any]) -> int:
    ids = wanted.with_only_columns(Duty.id, maintain_column_froms=True).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(ids)) or 0


def duties_of(suggestion_id: int, visitor: Visitor) -> list[Duty]:
    """What was instructed about a suggestion, as far as this visitor may read it."""
    asked = {**numbers(visitor), "suggestion_id": suggestion_id}
    return list(db.session.scalars(_duties(anyone(visitor)), asked).unique())


@cache
def _duties(who: Anyone) -> sa.Select[tuple[Duty]]:
    return whole(duties(who, None, None).where(Duty.suggestion_id == THIS))


def overdue(visitor: Visitor, today: date) -> list[Duty]:
    """What was instructed and not answered in time, as much as one looks at."""
    return list(db.session.scalars(whole(duties(visitor, How.OVERDUE, today)).limit(ROWS)).unique())


def duties_on(bulletin: str, visitor: Visitor) -> list[Duty]:
    """What was instructed on a weekly bulletin, as far as this visitor may read it."""
    if visitor.role not in INSTRUCTED:
        return []
    return list(db.session.scalars(whole(duties(visitor, None, None).where(Instruction.bulletin == bulletin))).unique())


def get_duty(duty_id: int, visitor: Visitor) -> Duty:
    """One to read: its own reader's, and to a hub what was instructed to its arm, for the ladder tells it of that.

    :raises NotFound: there is none, or it is not this visitor's to read.
    """
    wanted = whole(_instructed(sa.or_(readable(visitor), _of_arm(visitor)), visitor).where(Duty.id == duty_id)).options(
        joinedload(Duty.assignment).joinedload(Assignment.body)
    )
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def _of_arm(visitor: Visitor) -> sa.ColumnElement[bool]:
    if visitor.role is not Role.HUB or visitor.body_id is None:
        return sa.false()
    arm = sa.select(Body.id).where(Body.hub_id == visitor.body_id)
    return sa.and_(Duty.body_id.in_(arm), Duty.suggestion_id.in_(sa.select(Suggestion.id).where(scope(visitor))))


def may_answer(duty: Duty, visitor: Visitor) -> bool:
    """The body it is addressed to answers, or the office for itself and for a paper that came in."""
    if not duty.is_open:
        return False
    return visitor.role in OFFICE or (visitor.role in (*BODY, Role.HUB) and is_of(visitor.body_id, duty.body_id))


def numbered(said: Iterable[str], visitor: Visitor, first: Suggestion | None = None) -> list[Suggestion]:
    """The suggestions of these numbers that this visitor sees, with their bodies; of two of the same number the one he
    came from, else the newer one.

    :raises NotFound: one of them is not there.
    """
    found = []
    for number in dict.fromkeys(said):
        wanted = (
            sa.select(Suggestion)
            .where(scope(visitor), Suggestion.number == number)
            .options(selectinload(Suggestion.assignments).joinedload(Assignment.body), joinedload(Suggestion.meeting))
            .order_by(sa.case((Suggestion.id == (first.id if first else 0), 0), else_=1), Suggestion.id.desc())
            .limit(1)
        )
        one = db.session.scalars(wanted).unique().first()
        if one is None:
            raise NotFound
        found.append(one)
    return found


def committees(congress_id: int) -> list[Body]:
    """The committees that can supervise a key item."""
    wanted = sa.select(Body).where(
        Body.congress_id == congress_id, Body.is_committee.is_(True), Body.closed_on.is_(None)
    )
    return list(db.session.scalars(wanted.order_by(Body.sort_key, Body.id)))
