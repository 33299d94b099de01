"""What the register puts on the desk of those who watch: replies overdue, and replies due within a week.

No light is told here (the desk tells them all in one way), so one statement is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.deadlines.models import Deadline
from tracker.dispatch.awaiting import first
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.register.asked import OVERDUE, WEEK, due_between, owed
from tracker.roles import OFFICE, Role
from tracker.stage import Harm, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import Written
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
    rows = first(_wanted, visitor, _days(today))
    if not rows:
        return []
    groups = []
    for which, count in ((OVERDUE, rows[0].overdue), (WEEK, rows[0].near - rows[0].overdue)):
        items = [row for row in rows if (row.due_on < today) is (which == OVERDUE)]
        url = url_for("register.index", light=which, sort="due")
        groups.append(WaitingGroup(KINDS[which], count, url, tuple(_items(items, which, today))))
    return [group for group in groups if group.count]


def lists(visitor: Visitor, today: date) -> dict[Written, dict[str, Any]]:
    """What `waiting` reads."""
    return {_wanted: _days(today)} if visitor.role in WATCHERS else {}


def _days(today: date) -> dict[str, date]:
    return {"yesterday": due_between(OVERDUE, today)[1], "in_a_week": due_between(WEEK, today)[1]}


@cache
def _wanted(who: Anyone) -> sa.Select[Any]:
    """The most urgent replies owed, with the numbers of suggestions: overdue, and near (overdue or soon due)."""
    late = sa.case((Deadline.due_on <= sa.bindparam("yesterday", type_=sa.Date), Assignment.suggestion_id))
    shown = (
        Suggestion.id,
        Suggestion.number,
        Suggestion.title,
        Deadline.started_on,
        Deadline.due_on,
        Body.name,
        Body.short_name,
        Body.name_en,
        _count(who, late).label("overdue"),
        _count(who, Assignment.suggestion_id).label("near"),
    )
    return (
        _near(who, sa.select(*shown))
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(scope(who))
        .order_by(Deadline.due_on, Deadline.id)
        .limit(FIRST)
    )


def _count(who: Anyone, suggestion_id: Any) -> sa.ScalarSelect[int]:
    """A suggestion's most urgent reply is overdue if any of its replies is; due within a week if it is near and not."""
    found = _near(who, sa.select(sa.func.count(sa.distinct(suggestion_id))))
    if who.role not in OFFICE:  # the office sees all: no suggestion need be looked at
        found = found.join(Suggestion, Suggestion.id == Assignment.suggestion_id).where(scope(who))
    return found.correlate(None).scalar_subquery()


def _near(who: Anyone, wanted: sa.Select[Any]) -> sa.Select[Any]:
    """The replies owed that are overdue or end within a week."""
    return (
        wanted.select_from(Deadline)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .where(Deadline.congress_id == who.congress_id, *owed(who, Deadline, Assignment))
        .where(Deadline.due_on <= sa.bindparam("in_a_week", type_=sa.Date))
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
