"""What narrows the register by what happened: replies, ratings, promises, who brought it, and when."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.clauses import Outcome
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.feedback.models import Rating, Verdict
from tracker.feedback.rates import unrated
from tracker.followup.queries import Show, ledger
from tracker.handling.models import Reply
from tracker.handling.queries import readable
from tracker.roles import Role
from tracker.signals.models import Signal
from tracker.signals.queries import COUNTS
from tracker.signals.readers import READERS, whose
from tracker.stage import Visitor
from tracker.structure.models import Deputy
from tracker.suggestion.models import Suggestion

NOT_RATED, ANY_SIGN = "not_rated", "any"


def answered_with(visitor: Visitor, outcome: Outcome | None) -> sa.ColumnElement[bool]:
    """A reply the visitor may read is of this class, whatever letter the rules of its year give it."""
    replies = sa.select(Assignment.suggestion_id).join(Reply, Reply.assignment_id == Assignment.id)
    return Suggestion.id.in_(
        replies.where(Assignment.congress_id == visitor.congress_id, Reply.outcome == outcome, readable(visitor))
    )


def rated(visitor: Visitor, verdict: Verdict | None) -> sa.ColumnElement[bool]:
    """A deputy's last word on a reply is this; dissatisfied with the manner counts as dissatisfied.

    A deputy knows his own ratings and those of the lead deputy.
    """
    later = aliased(Rating)
    newer = sa.select(later.id).where(
        later.reply_id == Rating.reply_id, later.deputy_id == Rating.deputy_id, later.version > Rating.version
    )
    said = [Rating.result == verdict]
    if verdict is Verdict.DISSATISFIED:
        said.append(Rating.attitude == verdict)
    wanted = (
        sa.select(Assignment.suggestion_id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Rating, Rating.reply_id == Reply.id)
        .where(Assignment.congress_id == visitor.congress_id, sa.or_(*said), sa.not_(newer.exists()))
    )
    if visitor.role is Role.DEPUTY:
        wanted = wanted.join(Suggestion, Suggestion.id == Assignment.suggestion_id).where(
            sa.or_(Rating.deputy_id == visitor.deputy_id, Rating.deputy_id == Suggestion.lead_deputy_id)
        )
    return Suggestion.id.in_(wanted)


def rating(visitor: Visitor, which: Verdict | str | None, today: date) -> sa.ColumnElement[bool]:
    """A deputy's last word is this, or there is none although the time has passed."""
    return not_rated(visitor, today) if which == NOT_RATED else rated(visitor, Verdict(which or ""))


def not_rated(visitor: Visitor, today: date) -> sa.ColumnElement[bool]:
    """A reply whose deputy let the time to rate it pass, or that was closed without a rating."""
    wanted = (
        sa.select(Assignment.suggestion_id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Deadline, Deadline.reply_id == Reply.id)
        .where(Assignment.congress_id == visitor.congress_id, unrated(today))
    )
    return Suggestion.id.in_(wanted)


def promised(visitor: Visitor, show: Show | None, today: date) -> sa.ColumnElement[bool]:
    """A promise was made that is still to be kept, or is overdue, as the ledger of promises shows this visitor."""
    wanted = ledger(visitor, show or Show.OPEN, today)
    return Suggestion.id.in_(
        wanted.with_only_columns(Assignment.suggestion_id, maintain_column_froms=True).order_by(None)
    )


def hinted_at(visitor: Visitor, which: str) -> sa.ColumnElement[bool]:
    """A sign of weak handling holds that nobody dismissed and the visitor may read: of one kind, or of any."""
    if visitor.role not in READERS:
        return sa.false()
    found = sa.select(Signal.suggestion_id).where(Signal.congress_id == visitor.congress_id, *COUNTS, *whose(visitor))
    if which == ANY_SIGN:  # the newest that have one are found before all are
        return found.where(Signal.suggestion_id == Suggestion.id).correlate(Suggestion).exists()
    return Suggestion.id.in_(found.where(Signal.kind == which).correlate(Suggestion))


def brought_by(delegation_id: int | None) -> sa.ColumnElement[bool]:
    """The delegation itself brought it, or one of its deputies did."""
    deputies = sa.select(Deputy.id).where(Deputy.delegation_id == delegation_id)
    itself = sa.select(Suggestion.id).where(Suggestion.delegation_id == delegation_id)
    led = sa.select(Suggestion.id).where(Suggestion.lead_deputy_id.in_(deputies))
    return Suggestion.id.in_(sa.union_all(itself, led))
