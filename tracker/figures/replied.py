"""What is known of replies: sent back, rated, waited for, and what they promised; each one row a reply or item-body."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.feedback import rates
from tracker.feedback.models import Rating, Verdict
from tracker.feedback.versions import LATEST
from tracker.followup.models import Fate, PromiseReport
from tracker.handling.models import Promise, Reply, SendingBack

_number = sa.func.count()


def sent_back(congress_id: int) -> sa.Subquery:
    return _of_replies(congress_id, SendingBack, _number.label("times_back")).subquery("sent")


def voices(congress_id: int) -> sa.Subquery:
    """The last word of every deputy who rated the reply."""
    by_verdict = [_number.filter(Rating.result == one).label(f"said_{one}") for one in Verdict]
    return _of_replies(congress_id, Rating, _number.label("said"), *by_verdict).where(LATEST).subquery("voice")


def rating_clocks(congress_id: int, on: date) -> sa.Subquery:
    """Whether the time to rate has passed in vain, or runs."""
    runs = sa.and_(Deadline.met_on.is_(None), Deadline.voided_on.is_(None), Deadline.due_on >= on)
    in_vain = _number.filter(rates.unrated(on)).label("in_vain")
    wanted = sa.select(Deadline.reply_id.label("its_id"), in_vain, _number.filter(runs).label("awaited"))
    wanted = wanted.where(Deadline.congress_id == congress_id, Deadline.kind == Kind.EVALUATE)
    return wanted.where(Deadline.reply_id.is_not(None)).group_by(Deadline.reply_id).subquery("rating_clock")


def promised(congress_id: int, on: date) -> sa.Subquery:
    """Promises against the day first promised."""
    clock = Deadline
    first_on = sa.func.coalesce(clock.original_due_on, Promise.due_on)
    due = first_on < on
    withdrawn = clock.voided_on.is_not(None)
    kept = sa.and_(~withdrawn, clock.met_on.is_not(None))
    missed = sa.and_(due, sa.or_(clock.id.is_(None), sa.and_(~withdrawn, clock.met_on.is_(None))))
    last = aliased(PromiseReport)
    last_id = sa.select(sa.func.max(last.id)).where(last.promise_id == Promise.id).correlate(Promise).scalar_subquery()
    broken = PromiseReport.fate == Fate.BROKEN
    return (
        sa.select(
            Promise.assignment_id.label("its_id"),
            _number.label("promises"),
            _number.filter(due).label("promises_due"),
            _number.filter(sa.and_(due, kept, clock.met_on <= first_on)).label("promises_kept"),
            _number.filter(sa.and_(due, kept, clock.met_on > first_on)).label("promises_kept_late"),
            _number.filter(missed).label("promises_missed"),
            _number.filter(sa.and_(missed, broken)).label("promises_broken"),
            _number.filter(sa.and_(due, withdrawn)).label("promises_withdrawn"),
            _number.filter(clock.due_on > clock.original_due_on).label("promises_moved"),
        )
        .select_from(Promise)
        .outerjoin(clock, sa.and_(clock.promise_id == Promise.id, clock.kind == Kind.PROMISE))
        .outerjoin(PromiseReport, PromiseReport.id == last_id)
        .where(Promise.congress_id == congress_id)
        .group_by(Promise.assignment_id)
        .subquery("promised")
    )


def _of_replies(congress_id: int, row: Any, *columns: Any) -> sa.Select[Any]:
    return (
        sa.select(row.reply_id.label("its_id"), *columns)
        .join(Reply, Reply.id == row.reply_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .where(Assignment.congress_id == congress_id)
        .group_by(row.reply_id)
    )
