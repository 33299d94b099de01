"""A person sets a last day by hand."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.deadlines import actions as clocks
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.suggestion.actions import make


def set_by_hand(deadline: Deadline, assignment: Assignment, to: date, reason: str, *, by: Actor, on: date) -> None:
    """The office's leader sets the last day of a clock of an assignment; reason and name stay with the clock for ever.

    :raises RuleBroken: no reason, the clock is another's or no longer runs, or the day is impossible.
    """
    if deadline.assignment_id != assignment.id:
        raise RuleBroken(N_("This deadline no longer runs."))
    was = deadline.due_on
    clocks.set_by_hand(deadline, to, reason=reason, by=by, on=on)
    facts = {"clock": str(deadline.kind), "was": was.isoformat(), "to": to.isoformat(), "reason": reason.strip()}
    make("set_by_hand", assignment.suggestion, assignment, by=by, on=on, **facts)
