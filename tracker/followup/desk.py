"""What follow-up shows elsewhere: promises on the suggestion's page, those overdue on the desk, what is amiss."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.lamps import lamps
from tracker.deadlines.models import Deadline
from tracker.dispatch.awaiting import TODAY, first, in_columns, waits, with_body
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.followup import queries
from tracker.followup.names import FATE_LOOKS, FATES
from tracker.followup.queries import Row, Show
from tracker.handling.models import Promise
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Harm, Panel, Problem, Visitor, Waiting, WaitingGroup
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import Written
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

WAITS_FOR = (*OFFICE, *BODY, Role.HUB, Role.COMMITTEE)
OVERDUE = N_("Promises overdue")
PARTS = (queries.promised_in,)


def panel(suggestion: Suggestion, visitor: Visitor, today: date) -> Panel | None:
    """What was promised, by when, and what became of it."""
    promised = queries.promises_of(suggestion.id)
    if not promised:
        return None
    last: dict[int, Any] = {}
    for one in queries.reports_of([promise.id for promise, _deadline in promised]):
        last[one.promise_id] = one.fate
    shining = lamps(visitor.congress_id, today)
    lines = [(Row(promise, due, last.get(promise.id)), shining.of(due)) for promise, due in promised]
    facts: dict[str, Any] = {"promised": lines, "fate_names": FATES, "fate_looks": FATE_LOOKS}
    return Panel("followup/_panel.html", facts)


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    if visitor.role not in WAITS_FOR:
        return
    if rows := first(_overdue, visitor, {"today": today}):
        lines = tuple(_line(row, today) for row in rows)
        yield WaitingGroup(OVERDUE, rows[0].total, url_for("followup.index", show="overdue"), lines)


def lists(visitor: Visitor, today: date) -> dict[Written, dict[str, Any]]:
    """What `waiting` reads."""
    return {_overdue: {"today": today}} if visitor.role in WAITS_FOR else {}


@cache
def _overdue(who: Anyone) -> sa.Select[Any]:
    wanted = with_body(queries.ledger(who, Show.OVERDUE, TODAY).where(Deadline.congress_id == who.congress_id))
    return in_columns(wanted, Promise.id, title=Promise.what, since_on=Deadline.started_on, due_on=Deadline.due_on)


def problems() -> Iterable[Problem]:
    """A promise that no clock watches."""
    wanted = (
        sa.select(Promise.id, Suggestion.number)
        .join(Promise.assignment)
        .join(Assignment.suggestion)
        .outerjoin(Deadline, sa.and_(Deadline.promise_id == Promise.id, Deadline.kind == Kind.PROMISE))
        .where(Deadline.id.is_(None))
    )
    for row in db.session.execute(wanted):
        values = {"id": row.id, "number": row.number or row.id}
        yield Problem("promise_clock", N_("A promise of suggestion %(number)s has no clock."), values)


def _line(row: Any, today: date) -> Waiting:
    url = url_for("followup.promise", promise_id=row.thing_id)
    return waits(OVERDUE, row, url, Harm.PROMISE_LATE.after((today - row.due_on).days))
