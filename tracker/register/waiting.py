"""What the register puts on the desk of those who watch: replies overdue, and replies due within days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for

from tracker.deadlines.rules import Light
from tracker.errors import N_
from tracker.register.clocks import OpenReply, count_open_replies, open_reply_clocks
from tracker.register.lamps import lamps
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor, Waiting, WaitingGroup

WATCHERS = (*OFFICE, Role.HUB, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)
OVERDUE = N_("Reply overdue")
SOON = N_("Reply due within days")
HARM_OVERDUE, HARM_SOON = 100, 40


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """For those who watch and do not answer themselves (bodies find their own in their inbox)."""
    if visitor.role not in WATCHERS:
        return []
    lights = lamps(visitor.congress_id, today)
    red, orange = lights.soon(Light.RED), lights.soon(Light.ORANGE)
    if red.last is None or orange.last is None:
        return []
    overdue, soon = count_open_replies(visitor, (None, red.last), (orange.first, orange.last))
    if not overdue + soon:
        return []
    shown = open_reply_clocks(visitor, lights, until=orange.last)
    late = tuple(_item(one, OVERDUE) for one in shown if one.deadline.due_on <= red.last)
    near = tuple(_item(one, SOON) for one in shown if one.deadline.due_on > red.last)
    groups = [
        WaitingGroup(OVERDUE, overdue, url_for("register.index", light="overdue", sort="due"), late),
        WaitingGroup(SOON, soon, url_for("register.index", light="orange", sort="due"), near),
    ]
    return [group for group in groups if group.count]


def _item(reply: OpenReply, kind: str) -> Waiting:
    """One reply still owed; the longer overdue, the more harm."""
    left = reply.lamp.days_left or 0
    return Waiting(
        kind=kind,
        url=url_for("register.show", suggestion_id=reply.suggestion.id),
        number=reply.suggestion.number or "",
        title=reply.suggestion.title,
        since_on=reply.deadline.started_on,
        due_on=reply.deadline.due_on,
        body_name=reply.body.short_name or reply.body.name,
        harm=HARM_OVERDUE - left if kind == OVERDUE else HARM_SOON - left,
    )
