"""What became of a promise is written down."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.errors import N_, RuleBroken
from tracker.followup.models import Fate, PromiseReport
from tracker.handling.models import Promise
from tracker.handling.queries import hold
from tracker.suggestion.actions import make

ENDING = (Fate.KEPT, Fate.WITHDRAWN)


def report(
    promise: Promise, fate: Fate, note: str, *, by: Actor, on: date, new_due_on: date | None = None
) -> PromiseReport:
    """A promise is reported kept (with evidence), moved (with a reason and a date), broken, or withdrawn.

    Kept and withdrawn stop its clock; moved gives it a later day and keeps the first one; broken leaves it overdue.

    :raises RuleBroken: no note, it has ended already, or it is moved without a later date.
    """
    if not note.strip():
        raise RuleBroken(N_("Say what was done, or why not."))
    hold(promise.assignment)
    ended = sa.select(PromiseReport.id).where(PromiseReport.promise_id == promise.id, PromiseReport.fate.in_(ENDING))
    if db.session.scalar(ended):
        raise RuleBroken(N_("This promise has ended already."))
    _settle(promise, fate, note, on, new_due_on)
    made = PromiseReport(promise_id=promise.id, fate=fate, on=on, note=note, new_due_on=new_due_on, by_name=by.name)
    db.session.add(made)
    move = {Fate.KEPT: "promise_kept", Fate.MOVED: "promise_moved"}.get(fate, "promise_broken")
    facts = {"what": promise.what, "fate": str(fate), "note": note, "to": new_due_on.isoformat() if new_due_on else ""}
    make(move, promise.assignment.suggestion, promise.assignment, by=by, on=on, **facts)
    return made


def _settle(promise: Promise, fate: Fate, note: str, on: date, new_due_on: date | None) -> None:
    """What the report means for the clock."""
    running = _clock(promise)
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


def _clock(promise: Promise) -> Deadline | None:
    running = deadlines.open_for(kind=Kind.PROMISE, promise_id=promise.id)
    return running[0] if running else None
