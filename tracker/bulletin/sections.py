"""The sections of an issue, each found in one statement, its lines in the order of harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.rules import SILENT_DAYS
from tracker.bulletin.week import Week
from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment, BodyReturn
from tracker.escalation.models import Alarm
from tracker.feedback.models import Rating
from tracker.feedback.versions import DISSATISFIED, LATEST
from tracker.figures import blind
from tracker.handling.models import Contact, Extension, Promise, Reply
from tracker.notices.models import Notice, NoticeItem
from tracker.notices.queries import IS_ANSWERED, IS_RUNNING, NUMBER
from tracker.structure.models import Body, Deputy
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry, Suggestion
from tracker.supervision.models import Duty, Instruction

STEP = sa.select(sa.func.max(Alarm.step)).where(Alarm.deadline_id == Deadline.id, Alarm.due_on == Deadline.due_on)
NO_CLOCK = (sa.null(), sa.null(), sa.null(), sa.null())


def _replies(week: Week, *which: Any, first: Any = Deadline.due_on) -> sa.Select[Any]:
    """Reply clocks that run."""
    wanted = _with_clock(sa.null(), Assignment.id).join(Deadline, Deadline.assignment_id == Assignment.id)
    return _in_order(wanted.where(_mine(week), IS_OPEN, Deadline.kind.in_(REPLIES), *which), first)


def _overdue(week: Week) -> sa.Select[Any]:
    return _replies(week, Deadline.due_on < week.on)


def _past_original(week: Week) -> sa.Select[Any]:
    """Not over against the present last day, but over against the first one."""
    over = Deadline.original_due_on < week.on
    return _replies(week, Deadline.due_on >= week.on, over, first=Deadline.original_due_on)


def _due_soon(week: Week) -> sa.Select[Any]:
    near = Deadline.due_on <= week.soon_on
    return _replies(week, Deadline.due_on >= week.on, Deadline.original_due_on >= week.on, near)


def _promises(week: Week, *which: Any) -> sa.Select[Any]:
    wanted = _with_clock(Promise.what, Promise.id).join(Promise, Promise.assignment_id == Assignment.id)
    wanted = wanted.join(Deadline, Deadline.promise_id == Promise.id)
    return _in_order(wanted.where(_mine(week), IS_OPEN, *which), Deadline.due_on)


def _promise_overdue(week: Week) -> sa.Select[Any]:
    return _promises(week, Deadline.due_on < week.on)


def _promise_due(week: Week) -> sa.Select[Any]:
    return _promises(week, Deadline.due_on >= week.on, Deadline.due_on <= week.soon_on)


def _duties(week: Week, which: Any) -> sa.Select[Any]:
    """What leaders instructed, on a suggestion or on a bulletin, until it is answered."""
    clock = (Duty.due_on, Duty.due_on, sa.null(), sa.null())
    wanted = (
        sa.select(*columns_of(*clock, Instruction.leader, Duty.id))
        .select_from(Duty)
        .join(Instruction, Instruction.id == Duty.instruction_id)
        .outerjoin(Suggestion, Suggestion.id == Duty.suggestion_id)
        .outerjoin(Assignment, Assignment.id == Duty.assignment_id)
        .outerjoin(Body, Body.id == Duty.body_id)
        .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
        .where(
            Instruction.congress_id == week.congress_id, Duty.answered_on.is_(None), Instruction.on <= week.on, which
        )
    )
    return wanted.order_by(Duty.due_on.is_(None), Duty.due_on, Duty.id)


def _instruction_overdue(week: Week) -> sa.Select[Any]:
    return _duties(week, Duty.due_on < week.on)


def _instruction_open(week: Week) -> sa.Select[Any]:
    return _duties(week, sa.or_(Duty.due_on.is_(None), Duty.due_on >= week.on))


def _notices(week: Week, which: Any) -> sa.Select[Any]:
    """Items of notices that were issued and that the body has not answered, each with the notice's last day."""
    clock = (Notice.answer_by_on, Notice.answer_by_on, sa.null(), Notice.step)
    wanted = _selected(*clock, NUMBER, NoticeItem.id).join(NoticeItem, NoticeItem.assignment_id == Assignment.id)
    wanted = wanted.join(Notice, Notice.id == NoticeItem.notice_id).where(
        _mine(week), IS_RUNNING, ~IS_ANSWERED, NoticeItem.ended_on.is_(None), Notice.issued_on <= week.on, which
    )
    return _in_order(wanted, Notice.answer_by_on).order_by(NoticeItem.id)


def _notice_overdue(week: Week) -> sa.Select[Any]:
    return _notices(week, Notice.answer_by_on < week.on)


def _notice_open(week: Week) -> sa.Select[Any]:
    return _notices(week, Notice.answer_by_on >= week.on)


def _dissatisfied(week: Week) -> sa.Select[Any]:
    """Replies a deputy was dissatisfied with in any respect since the last issue, if that is still his last word."""
    said = (
        sa.select(Reply.assignment_id)
        .join(Rating, Rating.reply_id == Reply.id)
        .where(DISSATISFIED, LATEST, Rating.on > week.since_on, Rating.on <= week.on)
    )
    return _in_order(_selected(*NO_CLOCK, sa.null()).where(_mine(week), Assignment.id.in_(said)))


def _silent(week: Week) -> sa.Select[Any]:
    """Received, but for a month neither a contact nor any other entry of a person."""
    quiet_since = week.on - timedelta(days=SILENT_DAYS)
    contact = sa.select(Contact.id).where(Contact.assignment_id == Assignment.id)
    entry = sa.select(Entry.id).where(
        Entry.assignment_id == Assignment.id, Entry.on > quiet_since, Entry.actor_kind != "system"
    )
    wanted = _selected(*NO_CLOCK, sa.null()).where(
        _mine(week),
        Assignment.standing == Standing.RECEIVED,
        Assignment.assigned_on <= quiet_since,
        Assignment.pending_case.is_(False),
        ~contact.exists(),
        ~entry.exists(),
    )
    return _in_order(wanted)


def _unsigned(week: Week) -> sa.Select[Any]:
    """Not signed for although the time for it has passed."""
    wanted = _with_clock(sa.null(), Assignment.id).join(Deadline, Deadline.assignment_id == Assignment.id)
    return _in_order(wanted.where(_mine(week), blind.unsigned(week.on)), Deadline.due_on)


def _clockless(week: Week) -> sa.Select[Any]:
    return _in_order(_selected(*NO_CLOCK, sa.null()).where(_mine(week), blind.clockless()))


def _returned(week: Week) -> sa.Select[Any]:
    wanted = _selected(*NO_CLOCK, BodyReturn.reason).join(BodyReturn, BodyReturn.assignment_id == Assignment.id)
    day = sa.func.coalesce(BodyReturn.decided_on, BodyReturn.asked_on)
    return _in_order(wanted.where(_mine(week), day > week.since_on, day <= week.on))


def _extended(week: Week) -> sa.Select[Any]:
    first = sa.select(sa.func.min(Deadline.original_due_on)).where(
        Deadline.assignment_id == Assignment.id, Deadline.kind.in_(REPLIES), Deadline.voided_on.is_(None)
    )
    clock = (Extension.granted_to_on.label("due_on"), first.scalar_subquery(), sa.null(), sa.null())
    wanted = _selected(*clock, Extension.reason).join(Extension, Extension.assignment_id == Assignment.id)
    decided = sa.and_(Extension.decided_on > week.since_on, Extension.decided_on <= week.on)
    return _in_order(wanted.where(_mine(week), Extension.granted.is_(True), decided))


def _with_clock(note: Any, thing: Any) -> sa.Select[Any]:
    return _selected(
        Deadline.due_on, Deadline.original_due_on, Deadline.moved_count, STEP.scalar_subquery(), note, thing
    )


def _selected(
    due_on: Any, original_due_on: Any, moved: Any, step: Any, note: Any, thing: Any = Assignment.id
) -> sa.Select[Any]:
    return (
        sa.select(*columns_of(due_on, original_due_on, moved, step, note, thing))
        .select_from(Assignment)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Body, Body.id == Assignment.body_id)
        .outerjoin(Deputy, Deputy.id == Suggestion.lead_deputy_id)
    )


def columns_of(due_on: Any, original_due_on: Any, moved: Any, step: Any, note: Any, thing: Any) -> tuple[Any, ...]:
    """What a line of an issue is made of."""
    return (
        Suggestion.id.label("suggestion_id"), Suggestion.number, Suggestion.title, Suggestion.internal,
        Suggestion.key, Suggestion.round, Suggestion.lead_deputy_id, Deputy.name.label("deputy"),
        Assignment.id.label("assignment_id"), Assignment.part, Assignment.assigned_on,
        Body.id.label("body_id"), Body.name.label("body"), Body.name_en.label("body_en"), Body.branch,
        due_on.label("due_on"), original_due_on.label("original_due_on"), moved.label("moved"),
        step.label("step"), note.label("note"), thing.label("thing_id"),
    )  # fmt: skip


def _in_order(wanted: sa.Select[Any], first: Any = Assignment.assigned_on) -> sa.Select[Any]:
    """Key items first, then what is over longest."""
    return wanted.order_by(Suggestion.key.desc(), first, Suggestion.number_key, Assignment.id)


def _mine(week: Week) -> sa.ColumnElement[bool]:
    return Assignment.congress_id == week.congress_id


FOUND: dict[str, Callable[[Week], sa.Select[Any]]] = {
    "overdue": _overdue,
    "promise_overdue": _promise_overdue,
    "instruction_overdue": _instruction_overdue,
    "notice_overdue": _notice_overdue,
    "dissatisfied": _dissatisfied,
    "past_original": _past_original,
    "silent": _silent,
    "no_receipt": _unsigned,
    "no_due_date": _clockless,
    "due_soon": _due_soon,
    "promise_due": _promise_due,
    "instruction_open": _instruction_open,
    "notice_open": _notice_open,
    "returned": _returned,
    "extended": _extended,
}
