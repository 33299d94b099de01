"""More time is asked, and decided."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.handling import letters, queries
from tracker.handling.clocks import may_be_extended, reply_clock
from tracker.handling.models import Extension
from tracker.suggestion.actions import make


def ask_extension(assignment: Assignment, reason: str, proposed_on: date, *, by: Actor, on: date) -> Extension:
    """The body asks for more time, with a reason and a date (延期). After the due day it is recorded as asked late.

    :raises RuleBroken: no running reply clock, the rules give no extension, no reason, or the date is not later, or has
        passed.
    """
    running = reply_clock(assignment)
    if not may_be_extended(running, law_of(assignment)):
        raise RuleBroken(N_("The rules give no extension here; only the office's leader can set a day by hand."))
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if proposed_on <= max(running.due_on, on):
        raise RuleBroken(N_("The proposed date must be later than %(day)s."), day=max(running.due_on, on).isoformat())
    queries.hold(assignment)
    undecided = sa.select(Extension.id).where(Extension.assignment_id == assignment.id, Extension.granted.is_(None))
    if db.session.scalar(undecided):
        raise RuleBroken(N_("An extension was asked already and is not decided yet."))
    asked = Extension(
        assignment=assignment,
        asked_on=on,
        asked_by=by.name,
        reason=reason,
        proposed_on=proposed_on,
        was_due_on=running.due_on,
    )
    db.session.add(asked)
    facts = {"reason": reason, "to": proposed_on.isoformat(), "late": asked.is_late}
    make("ask_extension", assignment.suggestion, assignment, by=by, on=on, **facts)
    return asked


def decide_extension(
    asked: Extension, granted: bool, *, by: Actor, on: date, to: date | None = None, note: str = "", tell: bool = True
) -> None:
    """The office or hub decides; the rules cap the date, the original date is kept, the deputy is told.

    :raises RuleBroken: it was decided already, or the reply has come in the meantime.
    """
    assignment = asked.assignment
    queries.hold(assignment)
    db.session.refresh(asked, ["granted"])
    if asked.granted is not None:
        raise RuleBroken(N_("This extension was decided already."))
    asked.granted, asked.decided_on, asked.decided_by, asked.decision_note = granted, on, by.name, note
    if not granted:
        make("refuse_extension", assignment.suggestion, assignment, by=by, on=on, note=note)
    else:
        reason = {"kind": "extension", "values": {"reason": asked.reason}}
        asked.granted_to_on = clocks.move(reply_clock(assignment), to or asked.proposed_on, on=on, reason=reason)
        day = asked.granted_to_on.isoformat()
        make("grant_extension", assignment.suggestion, assignment, by=by, on=on, to=day, reason=asked.reason)
    if tell:
        letters.extension_decided(asked, assignment)
