"""The reply is drafted, kept, and submitted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind, Precheck
from tracker.deadlines.models import Holder
from tracker.dispatch.clocks import Law, law_of
from tracker.dispatch.models import Assignment, Part
from tracker.entities import new
from tracker.errors import N_, RuleBroken, Stale
from tracker.files.models import File
from tracker.handling import approvals, queries, rules, to_act
from tracker.handling.actions import joint
from tracker.handling.actions.delivery import deliver
from tracker.handling.actions.version import keep_version
from tracker.handling.clocks import REPLY_KINDS, begin, meet_running, receive_silently
from tracker.handling.content import IN_ROWS, ReplyContent
from tracker.handling.models import Reply, ReplyFile
from tracker.handling.originals import has_original
from tracker.handling.written import Measure, Point, VersionKind
from tracker.structure.models import Body
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Standing

MAY_DRAFT = (Standing.ASSIGNED, Standing.RECEIVED, Standing.RETURN_ASKED)


def save_draft(assignment: Assignment, content: ReplyContent, *, version: int | None, by: Actor, at: datetime) -> Reply:
    """Keep what is written so far; nothing need be complete.

    `version` is that of the reply the writer saw, 0 where he saw none; None asks nothing.

    :raises Stale: somebody else saved in the meantime.
    :raises RuleBroken: a co-handler answers nobody; it was submitted already, lies with the body's leader, or is no
        longer this body's.
    """
    queries.hold(assignment)
    reply = to_act.find_to_write(assignment.id)
    return write_draft(assignment, reply, content, version=version, by=by, at=at)


def write_draft(
    assignment: Assignment,
    reply: Reply | None,
    content: ReplyContent,
    *,
    version: int | None,
    by: Actor,
    at: datetime,
    to_submit: bool = False,
) -> Reply:
    """The same, with the assignment held and what is written so far already read.

    `to_submit`: it is submitted next, and written with that; until then it may have no number.

    :raises Stale: somebody else saved in the meantime.
    :raises RuleBroken: as `save_draft`.
    """
    outcome = law_of(assignment).rules.classes.get(content.class_label)
    _must_be_open(assignment, reply)
    if version is not None and version != (reply.version if reply else 0):
        raise Stale(N_("Somebody else saved this reply while you were writing. Your text is kept below."))
    said = {name: value for name, value in vars(content).items() if name not in IN_ROWS}
    said |= {"outcome": outcome, "saved_at": at, "submitted_by": by.name}
    if reply is None:
        reply = new(Reply, assignment_id=assignment.id, **said)
    else:
        for name, value in said.items():
            setattr(reply, name, value)
    write_rows(reply, content)
    if not to_submit or assignment.part is Part.JOINT:
        db.session.add(reply)
        db.session.flush()
    joint.keep_together(assignment, reply, by=by, at=at)
    return reply


def _must_be_open(assignment: Assignment, reply: Reply | None) -> None:
    if assignment.part is Part.CO:
        raise RuleBroken(N_("A co-handler gives an opinion; the lead answers."))
    if reply is not None and reply.submitted_on is not None:
        raise RuleBroken(N_("The reply was submitted already."))
    if assignment.standing not in MAY_DRAFT:
        raise RuleBroken(N_("This is no longer yours to answer."))
    if reply is not None and approvals.waits(reply.id):
        raise RuleBroken(N_("The reply lies with your leader. Take it back to write on it."))


def write_rows(reply: Reply, content: ReplyContent) -> None:
    """The rows of a reply as they are written now; what was struck is gone."""
    reply.draft_promises = content.promises
    points = [one for one in content.points if one.request.strip() or one.answer.strip()]
    reply.points = [Point(place=place, **vars(one)) for place, one in enumerate(points, start=1)]
    done = [one for one in content.measures if one.strip()]
    reply.measures = [Measure(place=place, what=what) for place, what in enumerate(done, start=1)]


def attach(reply: Reply, file: File, *, stamped: bool = False) -> ReplyFile:
    """Put a stored file to the reply; `stamped` marks the scan of the stamped original (盖章件)."""
    attached = ReplyFile(reply_id=reply.id, file_id=file.id, stamped=stamped)
    db.session.add(attached)
    return attached


def detach(reply: Reply, reply_file_id: int) -> None:
    """Take a file off a draft again; the stored file itself stays until it is swept.

    :raises RuleBroken: the reply was submitted already.
    """
    if reply.submitted_on is not None:
        raise RuleBroken(N_("The reply was submitted already."))
    found = db.session.get(ReplyFile, reply_file_id)
    if found is not None and found.reply_id == reply.id:
        db.session.delete(found)


def submit(assignment: Assignment, reply: Reply, *, by: Actor, on: date, tell: bool = True) -> Reply:
    """The body answers. The reply clock is met; where the rules want a reading first, the hub or the office reads it,
    else it goes straight to the deputies, once its original is here.

    :raises RuleBroken: something is missing; a co-handler answers nobody; it was submitted already; the body's leader
        has not approved it where the body wants that.
    """
    law = law_of(assignment)
    must_be_ready(assignment, reply, law, on=on)
    receive_silently(assignment, by, on)
    with db.session.no_autoflush:  # what is asked here does not depend on the reply, which is written once, below
        approvals.must_be_approved(assignment, reply)
        running = deadlines.open_for(assignment_id=assignment.id)
    facts = {"class_label": reply.class_label, "number": reply.document_number}
    make("submit", assignment.suggestion, assignment, by=by, on=on, **facts)
    reply.submitted_on, reply.submitted_by, reply.uploaded_on = on, by.name, on
    keep_version(reply, VersionKind.SUBMITTED, by=by, on=on)
    meet_running(running, (*REPLY_KINDS, Kind.RECEIPT), on)
    if law.rules.precheck is not Precheck.NONE:
        begin(Kind.CHECK, law, assignment, on=on, holder=_who_reads(assignment, law), reply_id=reply.id)
    elif has_original(reply):
        deliver(reply, assignment, by=by, on=on, law=law, tell=tell)
    return reply


def must_be_ready(assignment: Assignment, reply: Reply, law: Law, *, on: date) -> None:
    """A reply may be submitted, or passed to the body's leader.

    :raises RuleBroken: something is missing, or a co-handler answers nobody.
    """
    if assignment.part is Part.CO:
        raise RuleBroken(N_("A co-handler gives an opinion; the lead answers."))
    rules.must_be_complete(vars_of(reply), labels=list(law.rules.classes))
    rules.must_be_dated(reply.letter_on, reply.received_on, on=on)
    for promise in reply.draft_promises:
        rules.must_be_real_promise(
            promise.get("what", ""),
            promise.get("owner", ""),
            rules.day_of(promise.get("due_on")),
            letter_on=reply.letter_on or on,
        )


def vars_of(reply: Reply) -> dict[str, Any]:
    """The fields of a reply that must be there, by name."""
    return {name: getattr(reply, name) for name in rules.NEEDED}


def _who_reads(assignment: Assignment, law: Law) -> Holder:
    """The hub where the rules say so and the body has one; else the office."""
    has_hub = db.session.get_one(Body, assignment.body_id).hub_id is not None
    return Holder.HUB if law.rules.precheck is Precheck.HUB and has_hub else Holder.OFFICE
