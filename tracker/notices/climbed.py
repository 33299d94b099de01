"""The rungs from which notices are drafted, and those listed for the meeting: reached, standing, and not dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.awaiting import in_columns
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.escalation.held import NOT_PENDING
from tracker.escalation.models import Alarm
from tracker.escalation.queries import HARMFUL_FIRST, HOLDER, STILL_DISSATISFIED, TO_SIGN, may_see
from tracker.notices.models import DecidedItem, Ended, NoticeItem
from tracker.notices.rules import DRAFTED, LISTED, kind_for
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.models import Suggestion

OF_A_BODY = sa.and_(Alarm.assignment_id.is_not(None), HOLDER.id.is_not(None))
# What was dropped for a pending case may be drafted again once that has ended.
KEPT = sa.or_(NoticeItem.ended_why.is_(None), NoticeItem.ended_why != Ended.PENDING)
IN_A_NOTICE = sa.select(NoticeItem.id).where(NoticeItem.alarm_id == Alarm.id, KEPT).exists()
IS_DECIDED = sa.select(DecidedItem.id).where(DecidedItem.alarm_id == Alarm.id).exists()
UNDRAFTED = sa.and_(Alarm.form.in_(DRAFTED), sa.not_(IN_A_NOTICE))
UNDECIDED = sa.and_(Alarm.form == LISTED, sa.not_(IS_DECIDED))
TO_DRAFT = sa.and_(TO_SIGN, OF_A_BODY, UNDRAFTED)
TO_DECIDE = sa.and_(TO_SIGN, OF_A_BODY, UNDECIDED)
# On the desk a row leads to the page for it: notices are drafted on one, listed items decided on another.
LISTED_MARK = 100


@dataclass(frozen=True)
class Group:
    """The items of one body on one step that one notice gathers; what is internal is gathered apart."""

    body: Body
    kind: str
    step: int
    internal: bool
    alarms: tuple[Alarm, ...]

    @property
    def key(self) -> str:
        return f"{self.body.id}:{self.kind}:{self.step}:{int(self.internal)}"


def _from(wanted: sa.Select[Any]) -> sa.Select[Any]:
    return (
        wanted.select_from(Alarm)
        .join(Alarm.deadline)
        .outerjoin(Alarm.assignment)
        .join(Suggestion, Suggestion.id == sa.func.coalesce(Assignment.suggestion_id, Deadline.suggestion_id))
        .outerjoin(HOLDER, HOLDER.id == Deadline.holder_body_id)
    )


def _alarms(visitor: Any, which: sa.ColumnElement[bool]) -> list[tuple[Alarm, Body]]:
    wanted = _from(sa.select(Alarm, HOLDER)).where(may_see(visitor), which).order_by(*HARMFUL_FIRST)
    loaded = wanted.options(
        contains_eager(Alarm.deadline),
        contains_eager(Alarm.assignment).joinedload(Assignment.suggestion).joinedload(Suggestion.lead_deputy),
    )
    return [(row[0], row[1]) for row in db.session.execute(loaded)]


def groups(visitor: Any) -> list[Group]:
    """What may be drafted now, the highest step first."""
    found: dict[tuple[int, str, int, bool], list[tuple[Alarm, Body]]] = {}
    for alarm, body in _alarms(visitor, TO_DRAFT):
        internal = alarm.assignment.suggestion.internal if alarm.assignment else False
        found.setdefault((body.id, kind_for(alarm.form), alarm.step, internal), []).append((alarm, body))
    return [
        Group(rows[0][1], kind, step, internal, tuple(row[0] for row in rows))
        for (_body_id, kind, step, internal), rows in found.items()
    ]


def get_group(key: str, visitor: Any) -> Group:
    """:raises NotFound: nothing is to be drafted there any more."""
    for one in groups(visitor):
        if one.key == key:
            return one
    raise NotFound


def to_decide(visitor: Any) -> list[tuple[Alarm, Body]]:
    """What is listed for the meeting and not decided, the longest overdue first."""
    return _alarms(visitor, TO_DECIDE)


@cache
def waiting(who: Anyone) -> sa.Select[Any]:
    """What is to be drafted or decided, as the desk shows it; `more` is the step, and 100 more where it is listed."""
    wanted = (
        _from(sa.select(Alarm))
        .where(may_see(who), TO_SIGN, OF_A_BODY, sa.or_(UNDRAFTED, UNDECIDED))
        .order_by(*HARMFUL_FIRST)
    )
    more = Alarm.step + sa.case((Alarm.form == LISTED, LISTED_MARK), else_=0)
    since_on, due_on = Alarm.reached_on, Deadline.due_on
    return in_columns(wanted, Suggestion.id, body=HOLDER, more=more, since_on=since_on, due_on=due_on)


def fallen(alarm_ids: list[int]) -> dict[int, Ended]:
    """The rungs among these that no longer stand: the clock was met, its last day moved, or the case is pending."""
    if not alarm_ids:
        return {}
    why = sa.case(
        (sa.not_(NOT_PENDING), str(Ended.PENDING)),
        (sa.not_(sa.func.coalesce(sa.or_(IS_OPEN, STILL_DISSATISFIED), sa.false())), str(Ended.MET)),
        (Alarm.due_on != Deadline.due_on, str(Ended.MOVED)),
    )
    wanted = _from(sa.select(Alarm.id, why.label("why"))).where(Alarm.id.in_(alarm_ids), why.is_not(None))
    return {row.id: Ended(row.why) for row in db.session.execute(wanted)}


def overtaken_by(alarms: tuple[Alarm, ...]) -> sa.ColumnElement[bool]:
    """Items of drafts whose clock stands on a higher step now."""
    deadlines = [one.deadline_id for one in alarms]
    lower = sa.select(Alarm.id).where(Alarm.deadline_id.in_(deadlines), Alarm.step < min(one.step for one in alarms))
    return sa.and_(NoticeItem.alarm_id.in_(lower), NoticeItem.ended_on.is_(None))
