"""What kinds about promises look at: the promises whose clock still runs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.handling.models import Promise, Reply
from tracker.signals.kind import Asked, Door, told

PROMISE = Door("followup.promise", {"promise_id": "thing_id"})


def running(asked: Asked, since_on: Any, **facts: Any) -> sa.Select[Any]:
    """Promises neither kept nor withdrawn, whatever became of the answer they stand in."""
    return (
        told(Promise.id, since_on, **facts)
        .join(Promise, Promise.assignment_id == Assignment.id)
        .join(Reply, Reply.id == Promise.reply_id)
        .join(Deadline, sa.and_(Deadline.promise_id == Promise.id, Deadline.kind == Kind.PROMISE))
        .where(asked.covers(), Deadline.met_on.is_(None), Deadline.voided_on.is_(None))
    )
