"""What many kinds look at: replies as they were submitted, and who spoke with the deputy for them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.dispatch.models import Assignment, Part
from tracker.handling.models import Contact, Reply
from tracker.handling.written import ReplyVersion, VersionKind
from tracker.signals.kind import Asked, told
from tracker.suggestion.journey import Standing

ANSWERED = (Standing.SUBMITTED, Standing.DELIVERED, Standing.RATED)

_Theirs = aliased(Assignment)


def submitted(asked: Asked, since_on: Any = Reply.submitted_on, **facts: Any) -> sa.Select[Any]:
    """Replies as they stand submitted, with these facts; of replies of old ledgers too little is known."""
    return (
        told(Reply.id, since_on, **facts)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .where(asked.covers(), Assignment.standing.in_(ANSWERED))
        .where(Reply.submitted_on.is_not(None), Reply.from_ledger.is_(False))
    )


def first_submitted_on() -> Any:
    """The day a reply was submitted for the first time, before the office sent it back."""
    first = sa.select(sa.func.min(ReplyVersion.on)).where(
        ReplyVersion.reply_id == Reply.id, ReplyVersion.kind == VersionKind.SUBMITTED
    )
    return sa.func.coalesce(first.correlate(Reply).scalar_subquery(), Reply.submitted_on)


def contacts(*columns: Any) -> sa.Select[Any]:
    """The contacts noted for an answer; where two bodies lead together, those of both."""
    together = sa.and_(Assignment.part == Part.JOINT, _Theirs.part == Part.JOINT)
    return (
        sa.select(*columns)
        .select_from(_Theirs)
        .join(Contact, Contact.assignment_id == _Theirs.id)
        .where(_Theirs.suggestion_id == Assignment.suggestion_id, _Theirs.round == Assignment.round)
        .where(sa.or_(_Theirs.id == Assignment.id, together))
        .correlate(Assignment, Reply)
    )
