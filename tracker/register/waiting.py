"""What the register puts on the desk of those who watch: replies overdue, and replies due within a week.

No light is told here (the desk tells them all in one way), so one statement is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import url_for

from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.register.asked import OVERDUE, WEEK, due_between, first_clocks
from tracker.register.clocks import replies_owed
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor, Waiting, WaitingGroup
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope
from tracker.web.filters import in_language

WATCHERS = (*OFFICE, Role.HUB, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)
KINDS = {OVERDUE: N_("Reply overdue"), WEEK: N_("Reply due within a week")}
HARM = {OVERDUE: 100, WEEK: 40}


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """For those who watch and do not answer themselves (bodies find their own in their inbox).

    The counts are of suggestions, as the register lists them behind the link; the first are the item-bodies.
    """
    if visitor.role not in WATCHERS:
        return []
    counts = [_count(visitor, which, today) for which in KINDS]
    rows = replies_owed(visitor, *counts, until=due_between(WEEK, today)[1])
    if not rows:
        return []
    groups = []
    for which, count in zip(KINDS, rows[0][3:], strict=True):
        first = tuple(_item(row, which, today) for row in rows if (row[0].due_on < today) is (which == OVERDUE))
        groups.append(WaitingGroup(KINDS[which], count, url_for("register.index", light=which, sort="due"), first))
    return [group for group in groups if group.count]


def _count(visitor: Visitor, which: str, today: date) -> sa.ScalarSelect[int]:
    """How many suggestions have their most urgent reply overdue, or due within a week."""
    first, last = due_between(which, today)
    found = first_clocks(visitor).where(Deadline.due_on <= last)
    if first is not None:
        found = found.where(Deadline.due_on >= first)
    if visitor.role not in OFFICE:  # the office sees all: no suggestion need be looked at
        found = found.join(Suggestion, Suggestion.id == Assignment.suggestion_id).where(scope(visitor))
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
        body_name=_short(body),
        harm=HARM[which] + (today - deadline.due_on).days,
    )


def _short(body: Body) -> str:
    """The name in the reader's language; in Chinese the short one where there is one."""
    name = in_language(body)
    return body.short_name or name if name == body.name else name
