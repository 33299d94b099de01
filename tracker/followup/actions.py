"""What became of a promise is written down; a promise that a reply lacks is dated afterwards."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.clocks import law_of
from tracker.errors import N_, RuleBroken
from tracker.files.models import File
from tracker.followup import reported
from tracker.followup.models import Evidence, Fate, PromiseReport, YearlyQuestion
from tracker.handling import actions as handling
from tracker.handling.models import Promise, Reply
from tracker.handling.queries import hold
from tracker.structure.succession import present_body_id
from tracker.suggestion.actions import make

MOVES = {
    Fate.KEPT: "promise_kept",
    Fate.MOVED: "promise_moved",
    Fate.ON_COURSE: "promise_on_course",
}


def report(
    promise: Promise, fate: Fate, note: str, *, by: Actor, on: date, new_due_on: date | None = None
) -> PromiseReport:
    """A promise is reported kept (with evidence), moved (with a reason and a date), on course, broken, or withdrawn.

    Kept and withdrawn stop its clock; moved gives it a later day and keeps the first one; broken leaves it overdue.
    What is kept, or answers the yearly question, the deputy is asked about (重庆条例 28).

    :raises RuleBroken: no note, it has ended already, it is moved without a later date, or nobody asked how it stands.
    """
    if not note.strip():
        raise RuleBroken(N_("Say what was done, or why not."))
    hold(promise.assignment)
    if reported.has_ended(promise.id):
        raise RuleBroken(N_("This promise has ended already."))
    asked = reported.open_question(promise.id)
    if fate is Fate.ON_COURSE and asked is None:
        raise RuleBroken(N_("Nobody has asked how it stands this year."))
    _settle(promise, fate, note, on, new_due_on)
    made = PromiseReport(
        promise_id=promise.id,
        fate=fate,
        on=on,
        note=note,
        new_due_on=new_due_on,
        by_name=by.name,
        to_be_judged=fate is Fate.KEPT or asked is not None,
    )
    db.session.add(made)
    db.session.flush()
    _answer(asked, made)
    facts = {"what": promise.what, "fate": str(fate), "note": note, "to": new_due_on.isoformat() if new_due_on else ""}
    make(MOVES.get(fate, "promise_broken"), promise.assignment.suggestion, promise.assignment, by=by, on=on, **facts)
    return made


def enclose(made: PromiseReport, file: File) -> Evidence:
    """A file or picture that shows what was reported."""
    kept = Evidence(report_id=made.id, file_id=file.id)
    db.session.add(kept)
    return kept


def date_promise(reply: Reply, what: str, owner: str, due_on: date, *, by: Actor, on: date) -> Promise:
    """A delivered reply that promises something gets a promise with a day, named afterwards.

    :raises RuleBroken: something is missing, the day does not lie ahead, or the reply is not delivered.
    """
    assignment = reply.assignment
    if not what.strip() or not owner.strip():
        raise RuleBroken(N_("Say what is promised and who sees to it."))
    if due_on <= on:
        raise RuleBroken(N_("The day promised must lie ahead."))
    if not reported.is_delivered(assignment):
        raise RuleBroken(N_("The reply has not been delivered yet."))
    hold(assignment)
    said = (what.strip(), owner.strip(), due_on)
    body_id = present_body_id(assignment.body_id)
    made = handling.promise(reply, assignment, law_of(assignment), *said, on=on, body_id=body_id)
    facts = {"what": made.what, "owner": made.owner, "to": due_on.isoformat()}
    make("date_promise", assignment.suggestion, assignment, by=by, on=on, **facts)
    return made


def _answer(asked: YearlyQuestion | None, made: PromiseReport) -> None:
    if asked is not None:
        asked.report_id = made.id


def _settle(promise: Promise, fate: Fate, note: str, on: date, new_due_on: date | None) -> None:
    """What the report means for the clock."""
    running = clock_of(promise)
    if fate is Fate.MOVED:
        earliest = max(running.due_on if running else promise.due_on, on)
        if new_due_on is None:
            raise RuleBroken(N_("Enter the new date."))
        if new_due_on <= earliest:
            raise RuleBroken(N_("The new date must be later than %(day)s."), day=earliest.isoformat())
    if running is None:
        return
    if fate is Fate.MOVED and new_due_on is not None:
        clocks.move(running, new_due_on, on=on, reason={"kind": "promise_moved", "values": {"reason": note}})
    elif fate is Fate.KEPT:
        clocks.meet(running, on=on)
    elif fate is Fate.WITHDRAWN:
        clocks.void(running, on=on, reason="withdrawn")


def clock_of(promise: Promise) -> Deadline | None:
    """The clock of a promise while it runs."""
    running = deadlines.open_for(kind=Kind.PROMISE, promise_id=promise.id)
    return running[0] if running else None


def last_clock(promise_id: int) -> Deadline | None:
    """The clock of a promise, met or not."""
    wanted = sa.select(Deadline).where(
        Deadline.promise_id == promise_id, Deadline.kind == Kind.PROMISE, Deadline.voided_on.is_(None)
    )
    return db.session.scalars(wanted.order_by(Deadline.id.desc()).limit(1)).first()
