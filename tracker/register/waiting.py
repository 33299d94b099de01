"""What the register puts on the desk of those who watch: replies overdue, and replies due within a week.

No light is told here (the desk tells them all in one way), so one statement is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import ahead
from tracker.deadlines.models import Deadline
from tracker.dispatch.awaiting import first
from tracker.dispatch.models import IS_LIVE, IS_SHARED, Assignment
from tracker.errors import N_
from tracker.register.asked import OVERDUE, WEEK, due_between, owed
from tracker.roles import OFFICE, Role
from tracker.stage import Harm, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import Written, is_empty
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope
from tracker.web.addresses import form_of, url_for
from tracker.web.languages import spoken_now

FIRST = 25
MOST_COUNTED = 200  # clocks of a kind; where there are more, the desk says "200+" and the register how many
YESTERDAY, FIRST_DAY, IN_A_WEEK = (
    sa.bindparam(name, type_=sa.Date) for name in ("yesterday", "first_day", "in_a_week")
)
WATCHERS = (*OFFICE, Role.HUB, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)
KINDS = {OVERDUE: N_("Reply overdue"), WEEK: N_("Reply due within a week")}
HARM = {OVERDUE: Harm.REPLY_LATE, WEEK: Harm.REPLY_SOON}


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """For those who watch and do not answer themselves (bodies find their own in their inbox).

    The counts are of suggestions, as the register lists them behind the link; the first are the item-bodies.
    """
    if visitor.role not in WATCHERS or is_empty(_urgent):
        return []
    rows = first(_wanted, visitor, _days(today))
    if not rows:
        return []
    counted, groups = rows[0], []
    for which, count, clocks in (
        (OVERDUE, counted.overdue, counted.clocks_overdue),
        (WEEK, counted.near - counted.overdue, counted.clocks - counted.clocks_overdue),
    ):
        items = [row for row in rows if (row.due_on < today) is (which == OVERDUE)]
        url = url_for("register.index", light=which, sort="due")
        first_of_them = tuple(_items(items, which, today))
        groups.append(WaitingGroup(KINDS[which], count, url, first_of_them, or_more=clocks >= MOST_COUNTED))
    return [group for group in groups if group.count]


def soon(visitor: Visitor, today: date) -> None:
    """`waiting` will be asked for."""
    if visitor.role in WATCHERS:
        ahead(_wanted(anyone(visitor)), {**numbers(visitor), **_days(today)})


def lists(visitor: Visitor, today: date) -> dict[Written, dict[str, Any]]:
    """What `waiting` reads."""
    return {_urgent: _days(today)} if visitor.role in WATCHERS else {}


def _days(today: date) -> dict[str, date]:
    (_any, yesterday), (first_day, in_a_week) = due_between(OVERDUE, today), due_between(WEEK, today)
    return {"yesterday": yesterday, "first_day": first_day or today, "in_a_week": in_a_week}


@cache
def _wanted(who: Anyone) -> sa.Select[Any]:
    """The most urgent replies owed, with the numbers of suggestions: overdue, and near (overdue or soon due)."""
    counted = _counted(who).cte("counted").prefix_with("MATERIALIZED")  # once, not for each of the rows
    return _urgent(who).add_columns(*counted.c).join(counted, sa.true())


@cache
def _urgent(who: Anyone) -> sa.Select[Any]:
    shown = (
        Suggestion.id,
        Suggestion.number,
        Suggestion.title,
        Deadline.started_on,
        Deadline.due_on,
        Body.name,
        Body.short_name,
        Body.name_en,
    )
    return (
        _owed(who, sa.select(*shown))
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(scope(who), Deadline.due_on <= IN_A_WEEK)
        .with_hint(Suggestion, "NOT INDEXED", "sqlite")  # it begins with the clocks, whatever was counted of the rest
        .order_by(Deadline.due_on, Deadline.id)
        .limit(FIRST)
    )


def _counted(who: Anyone) -> sa.Select[Any]:
    """Counted along an index, no clock is read: at most so many overdue, and so many that end within a week.

    A suggestion's most urgent reply is overdue if any of its replies is; due within a week if it is near and not.
    """
    late = _some(who, 1, Deadline.due_on <= YESTERDAY)
    soon = _some(who, 0, Deadline.due_on >= FIRST_DAY, Deadline.due_on <= IN_A_WEEK)
    near = sa.union_all(sa.select(late), sa.select(soon)).subquery("near")
    if who.role in OFFICE:
        return _less_shared(who, near)
    return sa.select(
        sa.func.count(sa.distinct(sa.case((near.c.is_late == 1, near.c.suggestion_id)))).label("overdue"),
        sa.func.count(sa.distinct(near.c.suggestion_id)).label("near"),
        sa.func.sum(near.c.is_late).label("clocks_overdue"),
        sa.func.count().label("clocks"),
    )


def _less_shared(who: Anyone, near: sa.Subquery) -> sa.Select[Any]:
    """The office sees all: clocks are counted, and taken off what several bodies answer of the same suggestion.

    So not one assignment is looked up but those few. Where more wait than are counted, it is at least so many.
    """
    is_late = sa.case((Deadline.due_on <= YESTERDAY, Assignment.suggestion_id))
    shared = (
        _owed(who, sa.select(Assignment.suggestion_id, is_late.label("late_id")))
        .where(Assignment.congress_id == who.congress_id, IS_SHARED, IS_LIVE, Deadline.due_on <= IN_A_WEEK)
        .with_hint(Assignment, "INDEXED BY ix_assignment_shared", "sqlite")  # empty, it is not thought worth a look
        .limit(2 * MOST_COUNTED)
        .subquery("shared")
    )
    counted = sa.select(
        sa.func.count(shared.c.late_id).label("late"),
        sa.func.count(sa.distinct(shared.c.late_id)).label("late_items"),
        sa.func.count().label("near"),
        sa.func.count(sa.distinct(shared.c.suggestion_id)).label("near_items"),
    ).subquery("counted_shared")
    late, all_ = sa.func.coalesce(sa.func.sum(near.c.is_late), 0), sa.func.count()
    clocks = sa.select(late.label("late"), all_.label("near")).subquery("clocks")
    return sa.select(
        _at_least(clocks.c.late - counted.c.late + counted.c.late_items, counted.c.late_items).label("overdue"),
        _at_least(clocks.c.near - counted.c.near + counted.c.near_items, counted.c.near_items).label("near"),
        clocks.c.late.label("clocks_overdue"),
        clocks.c.near.label("clocks"),
    ).join_from(clocks, counted, sa.true())


def _at_least(number: Any, least: Any) -> sa.ColumnElement[int]:
    return sa.case((number > least, number), else_=least)


def _some(who: Anyone, is_late: int, *which: sa.ColumnElement[bool]) -> sa.Subquery:
    late = sa.literal_column(str(is_late), sa.Integer).label("is_late")
    if who.role in OFFICE:
        found = sa.select(late).where(Deadline.congress_id == who.congress_id, *owed(who, Deadline, Assignment), *which)
    else:
        found = _owed(who, sa.select(Assignment.suggestion_id, late)).where(*which)
        found = found.join(Suggestion, Suggestion.id == Assignment.suggestion_id).where(scope(who))
    return found.limit(MOST_COUNTED).subquery()


def _owed(who: Anyone, wanted: sa.Select[Any]) -> sa.Select[Any]:
    return (
        wanted.select_from(Deadline)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .where(Deadline.congress_id == who.congress_id, *owed(who, Deadline, Assignment))
    )


def _items(rows: Iterable[Any], which: str, today: date) -> Iterable[Waiting]:
    """Replies still owed; the longer overdue, the more harm."""
    in_english, show_url = spoken_now() == "en", form_of("register.show", "suggestion_id")
    for row in rows:
        yield Waiting(
            kind=KINDS[which],
            url=show_url % row.id,
            number=row.number or "",
            title=row.title,
            since_on=row.started_on,
            due_on=row.due_on,
            body_name=(in_english and row.name_en) or row.short_name or row.name,
            harm=HARM[which].after((today - row.due_on).days + (7 if which == WEEK else 0)),
        )
