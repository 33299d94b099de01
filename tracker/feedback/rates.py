"""How satisfied the deputies are, and what the shares leave out: silence is not satisfaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.feedback.models import Rating, Verdict
from tracker.feedback.versions import LATEST
from tracker.handling.models import Reply
from tracker.stage import Visitor
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

CLOSED = "closed"


@dataclass(frozen=True)
class Shares:
    """Replies (件次) by the lead deputy's last word on the result; `not_rated` passed its time, or was closed unrated.

    `awaited` are those still within their time; both stand beside the shares and are in none of them (重庆条例 29).
    """

    counts: dict[Verdict, int]
    not_rated: int
    awaited: int

    @property
    def rated(self) -> int:
        """What every share is a share of."""
        return sum(self.counts.values())

    def percent(self, verdict: Verdict) -> int:
        """Of the rated replies, in whole per cent; 0 where nothing was rated (the page then shows no share)."""
        return round(100 * self.counts[verdict] / self.rated) if self.rated else 0


def unrated(on: date | Any) -> sa.ColumnElement[bool]:
    """Of the clock of a rating: its time has passed without one, or the suggestion was closed over it."""
    passed = sa.and_(IS_OPEN, Deadline.due_on < on)
    return sa.and_(Deadline.kind == Kind.EVALUATE, sa.or_(passed, Deadline.void_reason == CLOSED))


def let_pass(suggestion_ids: Sequence[int], on: date) -> set[int]:
    """Of these suggestions those of which a reply waits for its rating although the time has passed."""
    wanted = (
        sa.select(Assignment.suggestion_id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .where(Assignment.suggestion_id.in_(suggestion_ids), _waits_in_vain(on))
    )
    return set(db.session.scalars(wanted))


def waits_in_vain(on: Any) -> sa.ColumnElement[bool]:
    """Of an assignment: its reply is delivered, and the time to rate it has passed."""
    replies = sa.select(Reply.id).where(Reply.assignment_id == Assignment.id, _waits_in_vain(on))
    return sa.and_(Assignment.standing == Standing.DELIVERED, replies.correlate(Assignment).exists())


def _waits_in_vain(on: Any) -> sa.ColumnElement[bool]:
    clock = sa.select(Deadline.id).where(
        Deadline.reply_id == Reply.id, Deadline.kind == Kind.EVALUATE, IS_OPEN, Deadline.due_on < on
    )
    return clock.correlate(Reply).exists()


def shares(visitor: Visitor, on: date) -> Shares:
    """The shares of all a visitor sees, in two statements of whatever size."""
    about = (Assignment.congress_id == visitor.congress_id, scope(visitor))
    given = (
        sa.select(Rating.result, sa.func.count())
        .join(Rating.reply)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .where(*about, LATEST, Rating.deputy_id == Suggestion.lead_deputy_id)
        .group_by(Rating.result)
    )
    counts = dict.fromkeys(Verdict, 0)
    counts.update((row[0], row[1]) for row in db.session.execute(given))
    is_unrated, number = unrated(on), sa.func.count()
    silent = (
        sa.select(number.filter(is_unrated), number.filter(sa.and_(IS_OPEN, Deadline.due_on >= on)))
        .select_from(Deadline)
        .join(Reply, Reply.id == Deadline.reply_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .where(*about, Deadline.kind == Kind.EVALUATE)
    )
    not_rated, awaited = db.session.execute(silent).one()
    return Shares(counts, not_rated, awaited)
