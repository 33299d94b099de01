"""What an issue lists: found in a few statements, whatever the number of items, and frozen as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.rules import SILENT_DAYS, SOON_WORKING_DAYS, harm
from tracker.database import db
from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment, BodyReturn
from tracker.escalation.models import Alarm
from tracker.feedback.models import Rating, Verdict
from tracker.feedback.versions import LATEST
from tracker.figures import blind
from tracker.handling.models import Contact, Extension, Promise, Reply
from tracker.structure.models import Body, Deputy
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry, Suggestion
from tracker.workdays.rules import Calendar, add_working_days, working_days_between

STEP = sa.select(sa.func.max(Alarm.step)).where(Alarm.deadline_id == Deadline.id, Alarm.due_on == Deadline.due_on)
NO_CLOCK = (sa.null(), sa.null(), sa.null(), sa.null())


@dataclass(frozen=True)
class Week:
    """What an issue is about: one congress, the day it is made, and since when it tells of changes."""

    congress_id: int
    on: date
    since_on: date
    calendar: Calendar


def items(week: Week) -> list[dict[str, Any]]:
    """All items of the issue, the most harmful first, numbered from 1."""
    found = [item for rows in _all(week) for item in rows]
    found.sort(key=harm)
    for number, item in enumerate(found, start=1):
        item["no"] = number
    return found


def _all(week: Week) -> Iterator[Iterator[dict[str, Any]]]:
    yield _clocks(week)
    yield _promises(week)
    yield _rows(week, "dissatisfied", _dissatisfied(week))
    yield _rows(week, "silent", _silent(week))
    yield _rows(week, "no_receipt", _unsigned(week))
    yield _rows(week, "no_due_date", _clockless(week))
    yield _rows(week, "returned", _returned(week))
    yield _rows(week, "extended", _extended(week))


def _clocks(week: Week) -> Iterator[dict[str, Any]]:
    """Reply clocks that are over against the present or the first last day, and those due within days."""
    soon_on = add_working_days(week.on, SOON_WORKING_DAYS, week.calendar)
    near = sa.or_(Deadline.due_on <= soon_on, Deadline.original_due_on < week.on)
    wanted = _with_clock(sa.null()).join(Deadline, Deadline.assignment_id == Assignment.id)
    for row in db.session.execute(wanted.where(_mine(week), IS_OPEN, Deadline.kind.in_(REPLIES), near)):
        if row.due_on < week.on:
            section = "overdue"
        else:
            section = "past_original" if row.original_due_on < week.on else "due_soon"
        yield _item(week, section, row)


def _promises(week: Week) -> Iterator[dict[str, Any]]:
    soon_on = add_working_days(week.on, SOON_WORKING_DAYS, week.calendar)
    wanted = _with_clock(Promise.what).join(Promise, Promise.assignment_id == Assignment.id)
    wanted = wanted.join(Deadline, Deadline.promise_id == Promise.id)
    for row in db.session.execute(wanted.where(_mine(week), IS_OPEN, Deadline.due_on <= soon_on)):
        yield _item(week, "promise_overdue" if row.due_on < week.on else "promise_due", row)


def _rows(week: Week, section: str, wanted: sa.Select[Any]) -> Iterator[dict[str, Any]]:
    for row in db.session.execute(wanted.where(_mine(week))):
        yield _item(week, section, row)


def _dissatisfied(week: Week) -> sa.Select[Any]:
    """Replies a deputy was dissatisfied with since the last issue, each once, if that is still his last word."""
    said = (
        sa.select(Reply.assignment_id)
        .join(Rating, Rating.reply_id == Reply.id)
        .where(Rating.result == Verdict.DISSATISFIED, LATEST, Rating.on > week.since_on, Rating.on <= week.on)
    )
    return _selected(*NO_CLOCK, sa.null()).where(Assignment.id.in_(said))


def _silent(week: Week) -> sa.Select[Any]:
    """Received, but for a month neither a contact nor any other entry of a person."""
    quiet_since = week.on - timedelta(days=SILENT_DAYS)
    contact = sa.select(Contact.id).where(Contact.assignment_id == Assignment.id)
    entry = sa.select(Entry.id).where(
        Entry.assignment_id == Assignment.id, Entry.on > quiet_since, Entry.actor_kind != "system"
    )
    return _selected(*NO_CLOCK, sa.null()).where(
        Assignment.standing == Standing.RECEIVED,
        Assignment.assigned_on <= quiet_since,
        Assignment.pending_case.is_(False),
        ~contact.exists(),
        ~entry.exists(),
    )


def _unsigned(week: Week) -> sa.Select[Any]:
    """Not signed for although the time for it has passed."""
    wanted = _with_clock(sa.null()).join(Deadline, Deadline.assignment_id == Assignment.id)
    return wanted.where(blind.unsigned(week.on))


def _clockless(_week: Week) -> sa.Select[Any]:
    return _selected(*NO_CLOCK, sa.null()).where(blind.clockless())


def _returned(week: Week) -> sa.Select[Any]:
    wanted = _selected(*NO_CLOCK, BodyReturn.reason).join(BodyReturn, BodyReturn.assignment_id == Assignment.id)
    day = sa.func.coalesce(BodyReturn.decided_on, BodyReturn.asked_on)
    return wanted.where(day > week.since_on, day <= week.on)


def _extended(week: Week) -> sa.Select[Any]:
    first = sa.select(sa.func.min(Deadline.original_due_on)).where(
        Deadline.assignment_id == Assignment.id, Deadline.kind.in_(REPLIES), Deadline.voided_on.is_(None)
    )
    clock = (Extension.granted_to_on.label("due_on"), first.scalar_subquery(), sa.null(), sa.null())
    wanted = _selected(*clock, Extension.reason).join(Extension, Extension.assignment_id == Assignment.id)
    return wanted.where(
        Extension.granted.is_(True), Extension.decided_on > week.since_on, Extension.decided_on <= week.on
    )


def _with_clock(note: Any) -> sa.Select[Any]:
    return _selected(Deadline.due_on, Deadline.original_due_on, Deadline.moved_count, STEP.scalar_subquery(), note)


def _selected(due_on: Any, original_due_on: Any, moved: Any, step: Any, note: Any) -> sa.Select[Any]:
    return (
        sa.select(
            Suggestion.id.label("suggestion_id"), Suggestion.number, Suggestion.title, Suggestion.internal,
            Suggestion.key, Suggestion.round, Suggestion.lead_deputy_id, Deputy.name.label("deputy"),
            Assignment.id.label("assignment_id"), Assignment.part, Assignment.assigned_on,
            Body.id.label("body_id"), Body.name.label("body"), Body.name_en.label("body_en"), Body.branch,
            due_on.label("due_on"), original_due_on.label("original_due_on"), moved.label("moved"),
            step.label("step"), note.label("note"),
        )
        .select_from(Assignment)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
    )  # fmt: skip


def _mine(week: Week) -> sa.ColumnElement[bool]:
    return Assignment.congress_id == week.congress_id


def _item(week: Week, section: str, row: Any) -> dict[str, Any]:
    """Plain values; of an internal suggestion only its number."""
    shown = not row.internal
    return {
        "section": section,
        "suggestion_id": row.suggestion_id,
        "assignment_id": row.assignment_id,
        "number": row.number,
        "title": row.title if shown else None,
        "deputy": row.deputy if shown else None,
        "deputy_id": row.lead_deputy_id,
        "body_id": row.body_id,
        "body": row.body,
        "body_en": row.body_en,
        "branch": str(row.branch),
        "part": str(row.part),
        "round": row.round,
        "key": row.key,
        "internal": row.internal,
        "since_on": row.assigned_on.isoformat(),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "original_due_on": row.original_due_on.isoformat() if row.original_due_on else None,
        "days": working_days_between(row.due_on, week.on, week.calendar) if row.due_on else None,
        "days_original": _over(row.original_due_on, week),
        "moved": row.moved or 0,
        "step": row.step,
        "note": (row.note or "")[:200] if shown else "",
        "new": False,
    }


def _over(day: date | None, week: Week) -> int | None:
    return working_days_between(day, week.on, week.calendar) if day else None
