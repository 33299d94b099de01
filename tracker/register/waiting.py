"""What the register puts on the desk of those who watch: replies overdue, and replies due within a week.

No light is told here (the desk tells them all in one way), so one statement is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import url_for

from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.register.asked import OVERDUE, WEEK, due_between, first_clocks
from tracker.register.clocks import replies_owed
from tracker.roles import OFFICE, Role
from tracker.stage import Harm, Visitor, Waiting, WaitingGroup
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope
from tracker.web.filters import short_in_language

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
    rows = db.session.execute(_wanted(anyone(visitor)), {**numbers(visitor), **days}).all()
    if not rows:
        return []
    groups = []
    for which, count in zip(KINDS, rows[0][3:], strict=True):
        first = tuple(_item(row, which, today) for row in rows if (row[0].due_on < today) is (which == OVERDUE))
        groups.append(WaitingGroup(KINDS[which], count, url_for("register.index", light=which, sort="due"), first))
    return [group for group in groups if group.count]


@cache
def _wanted(who: Anyone) -> sa.Select[Any]:
    """The replies owed with both counts, written once."""
    yesterday, today, in_a_week = (sa.bindparam(day, type_=sa.Date) for day in ("yesterday", "today", "in_a_week"))
    overdue, week = Deadline.due_on <= yesterday, Deadline.due_on.between(today, in_a_week)
    return replies_owed(who, _count(who, overdue), _count(who, week), until=in_a_week)


def _count(who: Anyone, ends: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """How many suggestions have their most urgent reply overdue, or due within a week."""
    found = first_clocks(who).where(ends)
    if who.role not in OFFICE:  # the office sees all: no suggestion need be looked at
        found = found.join(Suggestion, Suggestion.id == Assignment.suggestion_id).where(scope(who))
    return sa.select(sa.func.count()).select_from(found.subquery()).scalar_subquery()


def _item(row: Any, which: str, today: date) -> Waiting:
    """One reply still owed; the longer overdue, the more harm."""
    deadline, suggestion, body = row[:3]
    return Waiting(
        kind=KINDS[which],
        url=url_for("register.show", suggestion_id=suggestion.id),
        number=suggestion.number or "",
        title=suggestion.title,
        since_on=deadline.started_on,
        due_on=deadline.due_on,
        body_name=short_in_language(body),
        harm=HARM[which].after((today - deadline.due_on).days + (7 if which == WEEK else 0)),
    )
