"""Signs of weak handling in an issue: those new this week, and the matters handled weakest with the reasons named.

No score: weakest is what has several kinds of sign that hold and that nobody dismissed, or one and is overdue; what
has most kinds comes first, then what is over its last day longest; and the reasons are the signs themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.sections import columns_of
from tracker.bulletin.week import Week
from tracker.database import db
from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.signals.models import Signal
from tracker.signals.queries import COUNTS
from tracker.signals.readers import OF_BODIES
from tracker.structure.models import Body, Deputy
from tracker.suggestion.models import Suggestion

NEW, WEAKEST = "sign", "weakest"
LEAST_KINDS = 2  # so many different signs make a matter one of the weakest, overdue or not
MOST_NAMED = 8
WEAKEST_SHOWN = 3
Item = dict[str, Any]


def _with_names(wanted: sa.Select[Any]) -> sa.Select[Any]:
    return wanted.outerjoin(Body, Body.id == Assignment.body_id).outerjoin(
        Deputy, Deputy.id == Suggestion.lead_deputy_id
    )


def _new(week: Week) -> sa.Select[Any]:
    """Raised since the last issue, still so, and not dismissed: key items first, then what is so longest."""
    nothing = (sa.null(), sa.null(), sa.null(), sa.null(), sa.null())
    wanted = (
        sa.select(*columns_of(*nothing, Signal.id), Signal.kind.label("kind"), Signal.facts.label("facts"))
        .select_from(Signal)
        .join(Suggestion, Suggestion.id == Signal.suggestion_id)
        .outerjoin(Assignment, Assignment.id == Signal.assignment_id)
    )
    since = (Signal.raised_on > week.since_on, Signal.raised_on <= week.on)
    wanted = _with_names(wanted).where(Signal.congress_id == week.congress_id, *COUNTS, *since)
    return wanted.order_by(Suggestion.key.desc(), Signal.since_on.is_(None), Signal.since_on, Signal.id)


def _weakest(week: Week) -> sa.Select[Any]:
    """Bodies' parts with several kinds of sign about their handling, or with one and overdue."""
    kinds = sa.func.count(sa.distinct(Signal.kind))
    counted = (
        sa.select(Signal.assignment_id, kinds.label("kinds"), sa.func.count().label("signs"))
        .where(Signal.congress_id == week.congress_id, Signal.kind.in_(OF_BODIES), *COUNTS)
        .where(Signal.assignment_id.is_not(None), Signal.raised_on <= week.on)
        .group_by(Signal.assignment_id)
        .subquery()
    )
    clock = sa.and_(Deadline.assignment_id == Assignment.id, IS_OPEN, Deadline.kind.in_(REPLIES))
    days = (Deadline.due_on, Deadline.original_due_on, Deadline.moved_count, sa.null(), sa.null())
    wanted = (
        sa.select(*columns_of(*days, Assignment.id))
        .select_from(counted)
        .join(Assignment, Assignment.id == counted.c.assignment_id)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .outerjoin(Deadline, clock)
        .where(sa.or_(counted.c.kinds >= LEAST_KINDS, Deadline.due_on < week.on))
        .where(Assignment.pending_case.is_(False))
    )
    return _with_names(wanted).order_by(
        counted.c.kinds.desc(), Deadline.due_on.is_(None), Deadline.due_on, counted.c.signs.desc(), Assignment.id
    )


FOUND: dict[str, Callable[[Week], sa.Select[Any]]] = {NEW: _new, WEAKEST: _weakest}


def about(section: str, row: Any) -> Item:
    """What a line of a new sign says of it, kept as values. One that is not about the body's handling is no line of the
    body's: who reads all reads it.
    """
    if section != NEW:
        return {}
    said: Item = {"signs": [_said(row)] if not row.internal else [{"kind": row.kind, "facts": {}}]}
    return said if row.kind in OF_BODIES else {**said, "body_id": None, "branch": ""}


def name_reasons(week: Week, section: str, some: Sequence[Item]) -> None:
    """Add to the weakest matters which signs make them so, one of each kind."""
    if section != WEAKEST:
        return
    wanted = (
        sa.select(Signal.assignment_id, Signal.kind, Signal.facts)
        .where(Signal.assignment_id.in_([item["assignment_id"] for item in some]), Signal.kind.in_(OF_BODIES), *COUNTS)
        .where(Signal.raised_on <= week.on)
        .order_by(Signal.assignment_id, Signal.since_on.is_(None), Signal.since_on, Signal.id)
    )
    found: dict[int, dict[str, Item]] = {item["assignment_id"]: {} for item in some}
    for row in db.session.execute(wanted):
        found[row.assignment_id].setdefault(row.kind, _said(row))
    for item in some:
        signs = list(found[item["assignment_id"]].values())
        shown = [{**one, "facts": {}} for one in signs] if item["internal"] else signs
        item["signs"] = shown[:MOST_NAMED]


def _said(row: Any) -> Item:
    return {"kind": row.kind, "facts": row.facts}
