"""The figures of an issue: by body and by branch, what we cannot see, and what changed since the last one.

Every rate stands beside its counts. `suggestions` counts items (件), all others count item-bodies (件次); what is open
and past its first last day counts as late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.findings import Week
from tracker.bulletin.rules import MASS_EXTENSION, SECTIONS, share
from tracker.database import db
from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.figures import blind
from tracker.handling.models import Extension
from tracker.structure.models import Body

MOST_NAMED = 50
COUNTS = ("suggestions", "total", "answered", "answered_late", "open", "open_late", "open_late_original")


def figures(week: Week, items: list[dict[str, Any]], earlier: list[dict[str, Any]] | None) -> dict[str, Any]:
    """What stands above the list. `earlier`: the items of the last issue, None if this is the first."""
    bodies = _by(week, Body.id, Body.name, Body.name_en, Body.branch)
    return {
        "on": week.on.isoformat(),
        "since_on": week.since_on.isoformat(),
        "sections": {name: Counter(item["section"] for item in items)[name] for name in SECTIONS},
        "whole": next((_row(row) for row in _by(week, sa.literal(week.congress_id))), dict.fromkeys(COUNTS, 0)),
        "by_branch": [{"branch": str(row[0]), **_row(row)} for row in _by(week, Body.branch)],
        "by_body": sorted(
            (
                {"body_id": row[0], "body": row[1], "body_en": row[2], "branch": str(row[3]), **_row(row)}
                for row in bodies
            ),
            key=lambda one: (-one["open_late"], -one["late"], one["body"]),
        ),
        "unseen": _unseen(week, items),
        "mass_extensions": _mass_extensions(week),
        "changes": _changes(week, items, earlier),
    }


def _by(week: Week, *group: Any) -> list[Any]:
    """Reply clocks that run, or began this year, counted by what is asked."""
    late = Deadline.met_on > Deadline.original_due_on
    counted = (
        sa.func.count(sa.distinct(Assignment.suggestion_id)),
        sa.func.count(),
        sa.func.count().filter(Deadline.met_on.is_not(None)),
        sa.func.count().filter(Deadline.met_on.is_not(None), late),
        sa.func.count().filter(Deadline.met_on.is_(None)),
        sa.func.count().filter(Deadline.met_on.is_(None), Deadline.due_on < week.on),
        sa.func.count().filter(Deadline.met_on.is_(None), Deadline.original_due_on < week.on),
    )
    wanted = (
        sa.select(*group, *(column.label(name) for name, column in zip(COUNTS, counted, strict=True)))
        .select_from(Deadline)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(
            Deadline.congress_id == week.congress_id,
            Deadline.kind.in_(REPLIES),
            Deadline.voided_on.is_(None),
            sa.or_(Deadline.met_on.is_(None), Deadline.started_on >= date(week.on.year, 1, 1)),
        )
        .group_by(*group)
    )
    return list(db.session.execute(wanted))


def _row(row: Any) -> dict[str, int]:
    counts = {name: getattr(row, name) for name in COUNTS}
    late = counts["answered_late"] + counts["open_late_original"]
    return {**counts, "late": late, "late_share": share(late, counts["total"])}


def _unseen(week: Week, items: list[dict[str, Any]]) -> dict[str, Any]:
    """What we cannot see: no receipt, no last day, a day still provisional, a body nobody can write to."""
    found = Counter(item["section"] for item in items)
    provisional = sa.select(sa.func.count()).select_from(Deadline).where(blind.provisional(week.congress_id))
    bodies = db.session.execute(blind.mute_bodies(week.congress_id)).all()
    return {
        "no_receipt": found["no_receipt"],
        "no_due_date": found["no_due_date"],
        "provisional": db.session.scalar(provisional) or 0,
        "unreachable": len(bodies),
        "unreachable_bodies": [{"body_id": row[0], "body": row[1], "body_en": row[2]} for row in bodies[:MOST_NAMED]],
    }


def _mass_extensions(week: Week) -> list[dict[str, Any]]:
    """Days on which one person granted many extensions: each may be right, but together they are a sign."""
    number = sa.func.count()
    wanted = (
        sa.select(Extension.decided_on, Extension.decided_by, number)
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .where(
            Assignment.congress_id == week.congress_id,
            Extension.granted.is_(True),
            Extension.decided_on > week.since_on,
            Extension.decided_on <= week.on,
        )
        .group_by(Extension.decided_on, Extension.decided_by)
        .having(number >= MASS_EXTENSION)
        .order_by(number.desc(), Extension.decided_on)
    )
    return [{"on": on.isoformat(), "by": by or "", "count": count} for on, by, count in db.session.execute(wanted)]


def _changes(week: Week, items: list[dict[str, Any]], earlier: list[dict[str, Any]] | None) -> dict[str, int]:
    """What became of what was overdue in the last issue; marks the items that are overdue for the first time."""
    now = _overdue(items)
    before = _overdue(earlier or [])
    if earlier is not None:
        for item in items:
            item["new"] = item["section"] == "overdue" and item["assignment_id"] not in before
    gone = before - now
    answered, extended = _outcomes(week, gone)
    return {
        "new": len(now - before),
        "still": len(now & before),
        "gone": len(gone),
        "answered": answered,
        "extended": extended,
        "otherwise": len(gone) - answered - extended,
    }


def _overdue(items: Iterable[dict[str, Any]]) -> set[int]:
    return {item["assignment_id"] for item in items if item["section"] == "overdue"}


def _outcomes(week: Week, gone: set[int]) -> tuple[int, int]:
    """Of clocks no longer overdue: how many were answered, how many were only given a later day."""
    answered: set[int] = set()
    extended: set[int] = set()
    ids = sorted(gone)
    for first in range(0, len(ids), 500):
        wanted = sa.select(Deadline.assignment_id, Deadline.met_on).where(
            Deadline.assignment_id.in_(ids[first : first + 500]),
            Deadline.kind.in_(REPLIES),
            Deadline.voided_on.is_(None),
            sa.or_(Deadline.met_on.is_not(None), Deadline.due_on >= week.on),
        )
        for assignment_id, met_on in db.session.execute(wanted):
            (answered if met_on else extended).add(assignment_id)
    return len(answered - extended), len(extended)
