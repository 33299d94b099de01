"""The office reads a submitted reply and sends it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.handling import letters, rules
from tracker.handling.clocks import REPLY_KINDS
from tracker.handling.models import Reply, SendingBack
from tracker.suggestion.actions import make


def send_back(
    reply: Reply, assignment: Assignment, reasons: Sequence[str], note: str, *, by: Actor, on: date, tell: bool = True
) -> SendingBack:
    """The office sends a reply back; the body's clock runs again to its original day.

    :raises RuleBroken: no reason is named, or it is not there to be read.
    """
    known = [reason for reason in reasons if reason in rules.SEND_BACK_REASONS]
    if not known:
        raise RuleBroken(N_("Choose at least one reason."))
    if "other" in known and not note.strip():
        raise RuleBroken(N_("Say which other reason."))
    make("send_back", assignment.suggestion, assignment, by=by, on=on, reasons=known, note=note)
    sent = SendingBack(reply_id=reply.id, on=on, reasons=known, note=note, by_name=by.name)
    db.session.add(sent)
    reply.submitted_on = None
    for running in deadlines.open_for(kind=Kind.CHECK, reply_id=reply.id):
        clocks.meet(running, on=on)
    due_on = None
    for kind in REPLY_KINDS:
        for met in deadlines.deadlines_of(kind=kind, assignment_id=assignment.id):
            if met.voided_on is None:
                clocks.reopen(met, by=by, on=on)
                due_on = met.due_on
    db.session.flush()
    if tell:
        letters.sent_back(sent, assignment, due_on=due_on)
    return sent
