"""The signed original of a reply comes in."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.deadlines.clauses import Precheck
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.files.models import File
from tracker.handling.actions.delivery import deliver
from tracker.handling.actions.reply import attach
from tracker.handling.models import Reply
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Standing


def record_original(
    reply: Reply, assignment: Assignment, *, by: Actor, on: date, scan: File | None = None, came_on: date | None = None
) -> None:
    """The office has the signed letter: its scan is put to the reply, or the day the paper came is recorded.

    Where the rules want no reading first, the reply goes to the deputies with that.

    :raises RuleBroken: neither a scan nor a day, the day cannot be, or the reply is not submitted.
    """
    if scan is None and came_on is None:
        raise RuleBroken(N_("Upload the stamped scan, or enter the day the paper original came."))
    if came_on is not None and came_on > on:
        raise RuleBroken(N_("The day of receipt lies in the future."))
    if came_on is not None and reply.letter_on is not None and came_on < reply.letter_on:
        raise RuleBroken(N_("The letter was received before its own date."))
    make("record_original", assignment.suggestion, assignment, by=by, on=on, kind="scan" if scan else "paper")
    if scan is not None:
        attach(reply, scan, stamped=True)
    if came_on is not None:
        reply.paper_original, reply.received_on = True, came_on
    law = law_of(assignment)
    if law.rules.precheck is Precheck.NONE and assignment.standing is Standing.SUBMITTED:
        deliver(reply, assignment, by=by, on=on, law=law)
