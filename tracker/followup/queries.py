"""The ledger of promises, limited to who is asking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_, NotFound
from tracker.followup.models import Fate, PromiseReport
from tracker.handling.models import Promise
from tracker.roles import BODY, OFFICE
from tracker.stage import Visitor
from tracker.structure.succession import and_before, is_of
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.queries import THIS, scope


class Show(StrEnum):
    """Which promises are shown."""

    OPEN = "open"
    OVERDUE = "overdue"
    ENDED = "ended"
    ALL = "all"


SHOWN = {
    Show.OPEN: N_("still to be kept"),
    Show.OVERDUE: N_("overdue"),
    Show.ENDED: N_("ended"),
    Show.ALL: N_("all"),
}


@dataclass(frozen=True)
class Row:
    """One line of the ledger: the promise, its clock, and what was last reported."""

    promise: Promise
    deadline: Deadline | None
    fate: Fate | None


def ledger(visitor: Visitor, show: Show, today: Any, *, body_id: int | None = None) -> sa.Select[Any]:
    """The promises asked for, with clock and last report: what runs by its last day, then what has ended."""
    reported = (
        sa.select(PromiseReport.fate)
        .where(PromiseReport.promise_id == Promise.id)
        .order_by(PromiseReport.id.desc())
        .limit(1)
        .correlate(Promise)
        .scalar_subquery()
    )
    wanted = (
        sa.select(Promise, Deadline, reported)
        .join(Promise.assignment)
        .join(Assignment.suggestion)
        .outerjoin(Deadline, sa.and_(Deadline.promise_id == Promise.id, Deadline.kind == Kind.PROMISE))
        .where(Promise.congress_id == visitor.congress_id, scope(visitor), _whose(visitor))
        .options(
            contains_eager(Promise.assignment).options(
                joinedload(Assignment.body), contains_eager(Assignment.suggestion)
            )
        )
        .order_by(sa.case((_runs(), 0), else_=1), Deadline.due_on, Promise.id)
    )
    if body_id is not None:
        wanted = wanted.where(Assignment.body_id == body_id)
    return wanted.where(_asked(show, today))


def rows(wanted: sa.Select[Any]) -> Iterator[Row]:
    for promise, deadline, fate in db.session.execute(wanted).unique():
        yield Row(promise, deadline, fate)


def count(wanted: sa.Select[Any]) -> int:
    ids = wanted.with_only_columns(Promise.id, maintain_column_froms=True).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(ids)) or 0


def get_promise(promise_id: int, visitor: Visitor) -> Row:
    """:raises NotFound: there is none, or it is not this visitor's to see."""
    wanted = ledger(visitor, Show.ALL, date.min).where(Promise.id == promise_id)
    found = next(rows(wanted.options(joinedload(Promise.reply))), None)
    if found is None:
        raise NotFound
    return found


def reports_of(promise_ids: list[int]) -> list[PromiseReport]:
    """What was reported of some promises, oldest first."""
    wanted = sa.select(PromiseReport).where(PromiseReport.promise_id.in_(promise_ids)).order_by(PromiseReport.id)
    return list(db.session.scalars(wanted))


def promises_of(suggestion_id: int) -> list[tuple[Promise, Deadline | None]]:
    """The promises made for a suggestion, by their last day."""
    if is_empty(promised_in, suggestion_id=suggestion_id):
        return []
    rows = db.session.execute(_PROMISES, {"suggestion_id": suggestion_id}).unique()
    return [(promise, deadline) for promise, deadline in rows]


def promised_in(_who: Anyone) -> sa.Select[Any]:
    """The same, as rows."""
    wanted = sa.select(Promise.id).join(Assignment, Assignment.id == Promise.assignment_id)
    return wanted.where(Assignment.suggestion_id == THIS)


_PROMISES = (
    sa.select(Promise, Deadline)
    .join(Promise.assignment)
    .outerjoin(Deadline, sa.and_(Deadline.promise_id == Promise.id, Deadline.kind == Kind.PROMISE))
    .where(Assignment.suggestion_id == THIS)
    .options(contains_eager(Promise.assignment).joinedload(Assignment.body))
    .order_by(Promise.due_on, Promise.id)
)


def reportable(row: Row, visitor: Visitor) -> tuple[Fate, ...]:
    """What this visitor may report: the body that it is kept or moved, the office that it is broken or withdrawn."""
    if row.fate in (Fate.KEPT, Fate.WITHDRAWN):
        return ()
    if is_of(visitor.body_id, row.promise.assignment.body_id):
        return (Fate.KEPT, Fate.MOVED)
    return (Fate.BROKEN, Fate.WITHDRAWN) if visitor.role in OFFICE else ()


def _whose(visitor: Visitor) -> sa.ColumnElement[bool]:
    return Assignment.body_id.in_(and_before(visitor.body_id)) if visitor.role in BODY else sa.true()


def _runs() -> sa.ColumnElement[bool]:
    return sa.and_(Deadline.id.is_not(None), Deadline.met_on.is_(None), Deadline.voided_on.is_(None))


def _asked(show: Show, today: Any) -> sa.ColumnElement[bool]:
    if show is Show.OPEN:
        return _runs()
    if show is Show.OVERDUE:
        return sa.and_(_runs(), Deadline.due_on < today)
    return sa.not_(_runs()) if show is Show.ENDED else sa.true()
