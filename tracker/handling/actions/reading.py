"""The office reads a submitted reply, sends it back, or gives it another class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.handling import letters, rules
from tracker.handling.clocks import REPLY_KINDS
from tracker.handling.models import Reply, SendingBack
from tracker.handling.written import ClassChange
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
                clocks.reopen(met, by=by, on=on, body_id=assignment.body_id)
                due_on = met.due_on
    db.session.flush()
    if tell:
        letters.sent_back(sent, assignment, due_on=due_on)
    return sent


def change_class(
    reply: Reply, assignment: Assignment, label: str, reason: str, *, by: Actor, on: date, tell: bool = True
) -> ClassChange:
    """The office gives the reply another class (调整类别); the body's own stays on record, and the body is told why.

    :raises RuleBroken: no reason, not a class of the rules, the class it has, or the reply is not to be read.
    """
    classes = law_of(assignment).rules.classes
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if label not in classes:
        raise RuleBroken(N_("The class %(label)s is not one of the rule set's."), label=label)
    if label == reply.class_label:
        raise RuleBroken(N_("The reply has this class already."))
    make("change_class", assignment.suggestion, assignment, by=by, on=on, was=reply.class_label, to=label)
    change = ClassChange(
        reply_id=reply.id,
        was_label=reply.class_label,
        was_outcome=reply.outcome,
        label=label,
        outcome=classes[label],
        reason=reason.strip(),
        on=on,
        by_name=by.name,
    )
    db.session.add(change)
    reply.class_label, reply.outcome = label, classes[label]
    db.session.flush()
    if tell:
        letters.class_changed(change, assignment)
    return change
