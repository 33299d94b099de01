"""A promise becomes a row with a clock of its own: at delivery, or when it is dated afterwards."""

from __future__ import annotations

from datetime import date

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder
from tracker.dispatch.clocks import Law
from tracker.dispatch.models import Assignment
from tracker.handling.clocks import begin
from tracker.handling.models import Promise, Reply


def promise(
    reply: Reply,
    assignment: Assignment,
    law: Law,
    what: str,
    owner: str,
    due_on: date,
    *,
    on: date,
    body_id: int | None = None,
) -> Promise:
    """What the body does, who sees to it and by when; the clock runs from `on` to the day promised, at the body of the
    assignment or at the one that does its work today.
    """
    made = Promise(
        congress_id=assignment.congress_id,
        reply_id=reply.id,
        assignment=assignment,
        what=what,
        owner=owner,
        due_on=due_on,
    )
    db.session.add(made)
    db.session.flush()
    begin(
        Kind.PROMISE, law, assignment, on=on, holder=Holder.BODY, body_id=body_id, fixed_on=due_on, promise_id=made.id
    )
    return made
