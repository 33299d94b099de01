"""Promises by the month of their last day, and how each stands: one statement, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.followup.queries import whose
from tracker.handling.models import Promise
from tracker.pictures.rules import Month
from tracker.pictures.whose import within
from tracker.roles import Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope, sees_all_of_it

# Against the day first promised and against the present one, always both.
KEPT, KEPT_MOVED, KEPT_LATE, ENDED, OVERDUE, MOVED, OPEN = (
    "kept", "kept_moved", "kept_late", "ended", "overdue", "moved", "open",
)  # fmt: skip


def by_month(visitor: Visitor, months: Sequence[Month], today: date) -> list[Any]:
    """Year, month, state and count, of the months from the first to the last."""
    year, month = (sa.cast(sa.extract(part, Deadline.due_on), sa.Integer) for part in ("year", "month"))
    state = _state(today).label("state")
    wanted = _promised(visitor, months, year.label("year"), month.label("month"), state, sa.func.count().label("count"))
    return list(db.session.execute(wanted.group_by(year, month, state)))


def by_body(visitor: Visitor, month: Month, today: date) -> list[Any]:
    """Of one month: body, state and count."""
    state = _state(today).label("state")
    shown = (Body.id, Body.name, Body.name_en, state, sa.func.count().label("count"))
    wanted = _promised(visitor, [month], *shown)
    if sees_all_of_it(visitor):
        wanted = _with_body(wanted)
    wanted = wanted.join(Body, Body.id == Assignment.body_id)
    return list(db.session.execute(wanted.group_by(Body.id, Body.name, Body.name_en, state)))


def _promised(visitor: Visitor, months: Sequence[Month], *shown: Any) -> sa.Select[Any]:
    """The same promises as the ledger of promises shows this visitor."""
    wanted = sa.select(*shown).where(
        Deadline.congress_id == visitor.congress_id,
        Deadline.promise_id.is_not(None),  # in these words an index knows them; their clocks are of one kind
        Deadline.due_on >= months[0].first,
        Deadline.due_on <= months[-1].last,
    )
    if sees_all_of_it(visitor):
        return wanted
    if visitor.role in (Role.LEADER, Role.AUDITOR):
        return within(visitor, _with_body(wanted))
    seen = _with_body(wanted).join(Suggestion, Suggestion.id == Assignment.suggestion_id)
    return seen.where(*whose(visitor), scope(visitor))


def _with_body(wanted: sa.Select[Any]) -> sa.Select[Any]:
    of = wanted.select_from(Deadline).join(Promise, Promise.id == Deadline.promise_id)
    return of.join(Assignment, Assignment.id == Promise.assignment_id)


def _state(today: date) -> sa.ColumnElement[str]:
    met, due, first = Deadline.met_on, Deadline.due_on, Deadline.original_due_on
    return sa.case(
        (Deadline.voided_on.is_not(None), ENDED),
        (met <= first, KEPT),
        (met <= due, KEPT_MOVED),
        (met.is_not(None), KEPT_LATE),
        (due < today, OVERDUE),
        (first < today, MOVED),
        else_=OPEN,
    )
