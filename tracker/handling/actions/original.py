"""The signed original of a reply comes in."""

from __future__ import annotations

from collections.abc import Sequence
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
    reply: Reply,
    assignment: Assignment,
    *,
    by: Actor,
    on: date,
    scans: Sequence[File] = (),
    came_on: date | None = None,
    is_paper: bool = True,
) -> None:
    """The office has the signed letter (盖章件): its scans are put to the reply, and the day it came is recorded.

    `is_paper`: on that day the paper itself was handed in, not only its scan. Where the rules want no reading first,
    the reply goes to the deputies with that.

    :raises RuleBroken: neither a scan nor the paper's day, the day cannot be, or the reply is not submitted.
    """
    if not scans and (came_on is None or not is_paper):
        raise RuleBroken(N_("Upload the stamped scan, or enter the day the paper original came."))
    if came_on is not None and came_on > on:
        raise RuleBroken(N_("The day of receipt lies in the future."))
    if came_on is not None and reply.letter_on is not None and came_on < reply.letter_on:
        raise RuleBroken(N_("The letter was received before its own date."))
    make("record_original", assignment.suggestion, assignment, by=by, on=on, kind="scan" if scans else "paper")
    for scan in scans:
        attach(reply, scan, stamped=True)
    if came_on is not None:
        reply.received_on = reply.received_on or came_on
        reply.paper_original = reply.paper_original or is_paper
    law = law_of(assignment)
    if law.rules.precheck is Precheck.NONE and assignment.standing is Standing.SUBMITTED:
        deliver(reply, assignment, by=by, on=on, law=law)
