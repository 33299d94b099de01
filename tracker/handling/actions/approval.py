"""The reply passes the body's leader, where the body wants that."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.handling import approvals, letters, queries
from tracker.handling.actions.reply import must_be_ready, submit
from tracker.handling.actions.version import keep_version
from tracker.handling.models import Reply
from tracker.handling.written import Approval, ApprovalRule, VersionKind
from tracker.structure.models import Body
from tracker.suggestion.actions import make


def set_approval(body: Body, needed: bool, *, by: Actor, on: date) -> ApprovalRule:
    """A body's replies pass its leader from now on, or no longer do; who said so stays on record."""
    rule = ApprovalRule(body_id=body.id, needed=needed, on=on, by_name=by.name)
    db.session.add(rule)
    return rule


def pass_to_leader(assignment: Assignment, reply: Reply, *, by: Actor, on: date, tell: bool = True) -> Approval:
    """The handler has drafted; the leader of his body is asked (送审). The clock of the reply runs on.

    :raises RuleBroken: something is missing, it lies there already, or no leader can be reached.
    """
    must_be_ready(assignment, reply, law_of(assignment), on=on)
    queries.hold(assignment)
    if approvals.waits(reply.id):
        raise RuleBroken(N_("The reply lies with your leader already."))
    if not approvals.has_leader(assignment.body_id):
        raise RuleBroken(N_("No leader of your body is on record. Ask the office to enter one."))
    make("pass_to_leader", assignment.suggestion, assignment, by=by, on=on, class_label=reply.class_label)
    keep_version(reply, VersionKind.PASSED, by=by, on=on)
    passed = Approval(reply_id=reply.id, passed_on=on, passed_by=by.name, decided_by="", remark="")
    db.session.add(passed)
    db.session.flush()
    if tell:
        letters.reply_to_approve(passed, reply, assignment)
    return passed


def take_back(assignment: Assignment, reply: Reply, *, by: Actor, on: date) -> None:
    """The handler takes the reply back before the leader has decided.

    :raises RuleBroken: it does not lie with the leader.
    """
    waiting = _waiting(assignment, reply)
    make("take_back", assignment.suggestion, assignment, by=by, on=on)
    waiting.taken_back, waiting.approved, waiting.decided_on, waiting.decided_by = True, False, on, by.name


def approve(assignment: Assignment, reply: Reply, *, by: Actor, on: date, tell: bool = True) -> Reply:
    """The body's leader approves (签发); with that the reply is submitted, in his name.

    :raises RuleBroken: it does not lie with the leader, or can no longer be submitted.
    """
    waiting = _waiting(assignment, reply)
    waiting.approved, waiting.decided_on, waiting.decided_by = True, on, by.name
    make("approve_reply", assignment.suggestion, assignment, by=by, on=on)
    db.session.flush()
    return submit(assignment, reply, by=by, on=on, tell=tell)


def give_back(assignment: Assignment, reply: Reply, remark: str, *, by: Actor, on: date, tell: bool = True) -> Approval:
    """The body's leader gives it back with a remark; the handler writes on.

    :raises RuleBroken: no remark, or it does not lie with the leader.
    """
    if not remark.strip():
        raise RuleBroken(N_("Say what is to be done."))
    waiting = _waiting(assignment, reply)
    waiting.approved, waiting.decided_on, waiting.decided_by = False, on, by.name
    waiting.remark = remark.strip()
    make("give_back", assignment.suggestion, assignment, by=by, on=on, remark=waiting.remark)
    if tell:
        letters.reply_given_back(waiting, assignment)
    return waiting


def _waiting(assignment: Assignment, reply: Reply) -> Approval:
    queries.hold(assignment)
    waiting = approvals.find_waiting(reply.id)
    if waiting is None:
        raise RuleBroken(N_("The reply does not lie with the leader."))
    return waiting
