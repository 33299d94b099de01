"""What supervision shows elsewhere: its panel on the suggestion's page, and instructions that wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.dispatch.awaiting import TODAY, Awaited, in_columns, waits
from tracker.errors import N_
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Harm, Panel, Visitor, Waiting
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.supervision import queries
from tracker.supervision.models import Duty, Instruction
from tracker.supervision.names import INSPECTIONS
from tracker.supervision.queries import INSTRUCTED
from tracker.supervision.rules import HOW, HOW_LOOKS, How, how
from tracker.web.addresses import url_for

LATE, TO_DO = N_("Instructions overdue"), N_("Instructions to answer")
PARTS = (queries.named_key, queries.inspected, queries.instructed)


def panel(suggestion: Suggestion, visitor: Visitor, today: date) -> Panel | None:
    """Who supervises it, what was inspected, what was instructed; a deputy reads that it was, not the notes."""
    has = {one: not is_empty(one, suggestion_id=suggestion.id) for one in PARTS}
    is_inside = visitor.role is not Role.DEPUTY
    reads_duties = has[queries.instructed] and visitor.role in INSTRUCTED
    found = queries.duties_of(suggestion.id, visitor) if reads_duties else []
    facts: dict[str, Any] = {
        "keys": queries.keys_of(suggestion.id) if has[queries.named_key] else [],
        "inspections": queries.inspections_of(suggestion.id) if has[queries.inspected] else [],
        "duties": [(one, how(one.due_on, one.answered_on, today)) for one in found],
        "is_inside": is_inside,
        "inspection_names": INSPECTIONS,
        "how_names": HOW,
        "how_looks": HOW_LOOKS,
    }
    acts = visitor.role in (*OFFICE, Role.COMMITTEE, Role.LEADER)
    if not acts and not any(facts[name] for name in ("keys", "inspections", "duties")):
        return None
    return Panel("supervision/_panel.html", facts)


def awaited(visitor: Visitor) -> Iterable[Awaited]:
    """To leaders and the office what is overdue; to a body what it has to answer."""
    late_url, open_url = (lambda: _list(How.OVERDUE)), (lambda: _list(How.OPEN))
    if visitor.role in (*OFFICE, Role.LEADER):
        yield Awaited(LATE, _overdue, late_url, _late)
    if visitor.role in (*BODY, Role.HUB):
        yield Awaited(TO_DO, _open, open_url, _to_do)


@cache
def _overdue(who: Anyone) -> sa.Select[Any]:
    return _shown(queries.duties(who, How.OVERDUE, TODAY))


@cache
def _open(who: Anyone) -> sa.Select[Any]:
    return _shown(queries.duties(who, How.OPEN, TODAY))


def _shown(wanted: sa.Select[Any]) -> sa.Select[Any]:
    named = wanted.outerjoin(Body, Body.id == Duty.body_id)
    title = sa.func.coalesce(Suggestion.title, Instruction.bulletin)
    return in_columns(named, Duty.id, title=title, since_on=Instruction.on, due_on=Duty.due_on, more=sa.literal(0))


def _late(row: Any, today: date) -> Waiting:
    return waits(LATE, row, _page(row), Harm.INSTRUCTION_LATE.after((today - row.due_on).days))


def _to_do(row: Any, today: date) -> Waiting:
    late = (today - row.due_on).days if row.due_on else 0
    return waits(TO_DO, row, _page(row), (Harm.INSTRUCTION_LATE if late > 0 else Harm.TO_READ).after(late))


def _page(row: Any) -> str:
    return url_for("supervision.duty", duty_id=row.thing_id)


def _list(show: How) -> str:
    return url_for("supervision.instructions", show=str(show))
