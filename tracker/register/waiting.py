"""What the register puts on the desk of those who watch: replies overdue, and replies due within a week.

No light is told here (the desk tells them all in one way), so one statement is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import columns
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.register.asked import OVERDUE, WEEK, due_between, first_clocks, owed
from tracker.roles import OFFICE, Role
from tracker.stage import Harm, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope
from tracker.web.addresses import form_of, url_for
from tracker.web.languages import spoken_now

FIRST = 25
WATCHERS = (*OFFICE, Role.HUB, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)
KINDS = {OVERDUE: N_("Reply overdue"), WEEK: N_("Reply due within a week")}
HARM = {OVERDUE: Harm.REPLY_LATE, WEEK: Harm.REPLY_SOON}


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """For those who watch and do not answer themselves (bodies find their own in their inbox).

    The counts are of suggestions, as the register lists them behind the link; the first are the item-bodies.
    """
    if visitor.role not in WATCHERS:
        return []
    days = {"yesterday": due_between(OVERDUE, today)[1], "today": today, "in_a_week": due_between(WEEK, today)[1]}
    rows = columns(_wanted(anyone(visitor)), {**numbers(visitor), **days}).all()
    if not rows:
        return []
    groups = []
    for which, count in ((OVERDUE, rows[0].overdue), (WEEK, rows[0].week)):
        items = [row for row in rows if (row.due_on < today) is (which == OVERDUE)]
        url = url_for("register.index", light=which, sort="due")
        groups.append(WaitingGroup(KINDS[which], count, url, tuple(_items(items, which, today))))
    return [group for group in groups if group.count]


@cache
def _wanted(who: Anyone) -> sa.Select[Any]:
    """The most urgent replies owed with both counts, written once."""
    yesterday, today, in_a_week = (sa.bindparam(day, type_=sa.Date) for day in ("yesterday", "today", "in_a_week"))
    overdue, week = Deadline.due_on <= yesterday, Deadline.due_on.between(today, in_a_week)
    shown = (
        Suggestion.id,
        Suggestion.number,
        Suggestion.title,
        Deadline.started_on,
        Deadline.due_on,
        Body.name,
        Body.short_name,
        Body.name_en,
        _count(who, overdue).label("overdue"),
        _count(who, week).label("week"),
    )
    return (
        sa.select(*shown)
        .select_from(Deadline)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(Deadline.congress_id == who.congress_id, *owed(who, Deadline, Assignment), scope(who))
        .where(Deadline.due_on <= in_a_week)
        .order_by(Deadline.due_on, Deadline.id)
        .limit(FIRST)
    )


def _count(who: Anyone, ends: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """How many suggestions have their most urgent reply overdue, or due within a week."""
    found = first_clocks(who).where(ends)
    if who.role not in OFFICE:  # the office sees all: no suggestion need be looked at
        found = found.join(Suggestion, Suggestion.id == Assignment.suggestion_id).where(scope(who))
    return sa.select(sa.func.count()).select_from(found.subquery()).scalar_subquery()


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
