"""Replies that were given before this system was there, with what an old ledger knows of them."""

from __future__ import annotations

from datetime import date, datetime

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.dispatch import actions as dispatch
from tracker.dispatch.clocks import Law, law_of, stop
from tracker.dispatch.models import Assignment, Part
from tracker.errors import N_, RuleBroken
from tracker.handling import actions
from tracker.handling.actions import ReplyContent
from tracker.handling.clocks import REPLY_KINDS
from tracker.handling.content import IN_ROWS
from tracker.handling.models import Reply, Way
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Standing

SOURCE = "ledger"


def record_old_reply(
    assignment: Assignment, content: ReplyContent, *, by: Actor, on: date, at: datetime, law: Law | None = None
) -> Reply:
    """A reply the ledger says was given on a day: submitted and delivered on that day, whatever is missing in it.

    Nobody is told by letter. What an old ledger does not say (first contact, publication, the wish to be rated) is not
    chased: those clocks end here. It counts as having gone on paper, so no scan of it is asked for.

    :raises RuleBroken: a co-handler answers nobody, or the reply stands before its hand-over.
    """
    if assignment.part is Part.CO:
        raise RuleBroken(N_("A co-handler gives an opinion; the lead answers."))
    if on < assignment.handed_over_on:
        raise RuleBroken(N_("The reply stands before its hand-over."))
    law = law or law_of(assignment)
    reply = _written(assignment, content, by, on, at, law)
    if assignment.standing is Standing.ASSIGNED:
        dispatch.sign_for(assignment, by=by, on=on)
    facts = {"class_label": content.class_label, "number": content.document_number, "source": SOURCE}
    make("submit", assignment.suggestion, assignment, by=by, on=on, **facts)
    for running in deadlines.open_for(assignment_id=assignment.id):
        if running.kind in (*REPLY_KINDS, Kind.RECEIPT):
            clocks.meet(running, on=on)
        else:
            clocks.void(running, on=on, reason="from_ledger")
    actions.deliver(reply, assignment, by=by, on=on, way=reply.way, law=law, tell=False, old=True)
    for running in deadlines.open_for(reply_id=reply.id):
        clocks.void(running, on=on, reason="from_ledger")
    return reply


def let_rest(assignment: Assignment, *, on: date) -> None:
    """A co-handler whose lead has answered in an old ledger is not chased for an opinion nobody noted."""
    stop(assignment, on=on, reason="from_ledger")


def _written(assignment: Assignment, content: ReplyContent, by: Actor, on: date, at: datetime, law: Law) -> Reply:
    facts = {name: value for name, value in vars(content).items() if name not in (*IN_ROWS, "way")}
    reply = Reply(
        assignment_id=assignment.id,
        assignment=assignment,
        **facts,
        way=Way.PAPER if content.way is Way.SYSTEM else content.way,
        draft_promises=[],
        outcome=law.rules.classes.get(content.class_label),
        submitted_on=on,
        submitted_by=by.name,
        saved_at=at,
        from_ledger=True,
    )
    db.session.add(reply)
    db.session.flush()
    return reply
