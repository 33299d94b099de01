"""The record of an item a notice is about: hand-over, last days, what the body asked, and what it was asked before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch.models import Assignment, BodyReturn, HandOver, Receipt
from tracker.escalation.models import Alarm
from tracker.escalation.rules import FIRST_CHASE
from tracker.handling.models import Contact, Extension, Reply, SendingBack
from tracker.notices.models import Notice, NoticeItem
from tracker.notices.rules import number_text
from tracker.workdays.rules import Calendar, working_days_between

Rows = dict[int, list[Any]]


def records(items: Sequence[NoticeItem], calendar: Calendar, *, on: date) -> list[dict[str, Any]]:
    """The record of each item as it is on a day: words, numbers and days only, told in either language.

    Days late are working days, against the present and against the first last day. Of an internal matter no title.
    """
    ids = {one.assignment_id for one in items}
    facts = {name: read(ids) for name, read in _PARTS.items()}
    return [_record(one, facts, calendar, on) for one in items]


def _record(item: NoticeItem, facts: dict[str, Rows], calendar: Calendar, on: date) -> dict[str, Any]:
    suggestion, assignment, deadline = item.suggestion, item.assignment, item.alarm.clock
    own = {name: rows.get(assignment.id, []) for name, rows in facts.items()}
    given, contacts = own["given"][0], [row.on for row in own["contacts"]]
    return {
        "number": suggestion.number or "",
        "title": "" if suggestion.internal else suggestion.title,
        "deputy": suggestion.lead_deputy.name if suggestion.lead_deputy else "",
        "part": str(assignment.part),
        "clock": str(deadline.kind),
        "step": item.alarm.step,
        "handed_over_on": _day(given.handed_over_on),
        "document_number": given.document_number,
        "received_on": _day(given.received_on),
        "due_on": _day(deadline.due_on),
        "original_due_on": _day(deadline.original_due_on),
        "days_over": max(0, working_days_between(deadline.due_on, on, calendar)),
        "days_over_original": max(0, working_days_between(deadline.original_due_on, on, calendar)),
        "extensions": [
            {"asked_on": _day(row.asked_on), "granted": row.granted, "to": _day(row.granted_to_on)}
            for row in own["extensions"]
        ],
        "returns": [{"asked_on": _day(row.asked_on), "granted": row.granted} for row in own["returns"]],
        "contacts": len(contacts),
        "last_contact_on": _day(max(contacts, default=None)),
        "sent_back": [_day(row.on) for row in own["sent_back"]],
        "chased": [
            {"step": row.step, "on": _day(row.raised_on)}
            for row in own["chased"]
            if row.deadline_id == deadline.id and row.id != item.alarm_id
        ],
        "asked_before": [
            {"number": number_text(row.kind, row.year, row.number), "on": _day(row.issued_on)}
            for row in own["notices"]
            if row.id != item.notice_id
        ],
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _of_each(wanted: sa.Select[Any]) -> Rows:
    found: Rows = defaultdict(list)
    for row in db.session.execute(wanted):
        found[row.assignment_id].append(row)
    return found


def _given(ids: Iterable[int]) -> Rows:
    columns = (Assignment.id.label("assignment_id"), Assignment.handed_over_on, HandOver.document_number)
    wanted = sa.select(*columns, Receipt.on.label("received_on")).join(HandOver, HandOver.id == Assignment.hand_over_id)
    return _of_each(wanted.outerjoin(Receipt).where(Assignment.id.in_(ids)))


def _extensions(ids: Iterable[int]) -> Rows:
    columns = (Extension.assignment_id, Extension.asked_on, Extension.granted, Extension.granted_to_on)
    return _of_each(sa.select(*columns).where(Extension.assignment_id.in_(ids)).order_by(Extension.id))


def _returns(ids: Iterable[int]) -> Rows:
    columns = (BodyReturn.assignment_id, BodyReturn.asked_on, BodyReturn.granted)
    return _of_each(sa.select(*columns).where(BodyReturn.assignment_id.in_(ids)).order_by(BodyReturn.id))


def _contacts(ids: Iterable[int]) -> Rows:
    return _of_each(sa.select(Contact.assignment_id, Contact.on).where(Contact.assignment_id.in_(ids)))


def _sent_back(ids: Iterable[int]) -> Rows:
    wanted = sa.select(Reply.assignment_id, SendingBack.on).join(Reply, Reply.id == SendingBack.reply_id)
    return _of_each(wanted.where(Reply.assignment_id.in_(ids)).order_by(SendingBack.id))


def _chased(ids: Iterable[int]) -> Rows:
    """The steps from the first chase on; those before only remind."""
    columns = (Alarm.assignment_id, Alarm.id, Alarm.deadline_id, Alarm.step, Alarm.raised_on)
    wanted = sa.select(*columns).where(Alarm.assignment_id.in_(ids), Alarm.step >= FIRST_CHASE)
    return _of_each(wanted.order_by(Alarm.raised_on, Alarm.step))


def _notices(ids: Iterable[int]) -> Rows:
    columns = (NoticeItem.assignment_id, Notice.id, Notice.kind, Notice.year, Notice.number, Notice.issued_on)
    wanted = sa.select(*columns).join(Notice, Notice.id == NoticeItem.notice_id)
    return _of_each(
        wanted.where(
            NoticeItem.assignment_id.in_(ids),
            NoticeItem.ended_on.is_(None),
            Notice.issued_on.is_not(None),
            Notice.ended_on.is_(None),
        ).order_by(Notice.id)
    )


_PARTS = {
    "given": _given,
    "extensions": _extensions,
    "returns": _returns,
    "contacts": _contacts,
    "sent_back": _sent_back,
    "chased": _chased,
    "notices": _notices,
}
