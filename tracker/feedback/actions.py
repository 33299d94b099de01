"""The deputy judges; a dissatisfied one opens the next round."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.feedback import letters, rules
from tracker.feedback.models import Rating, RatingChannel, Verdict
from tracker.handling.models import Delivery, Reply
from tracker.handling.queries import DELIVERED, answers_of_round, hold
from tracker.structure.models import Deputy
from tracker.structure.succession import is_of
from tracker.suggestion.actions import follows, make
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Entry, Suggestion
from tracker.suggestion.queries import signers


def rate(
    reply: Reply,
    deputy: Deputy,
    attitude: Verdict | None,
    result: Verdict | None,
    comment: str,
    *,
    channel: RatingChannel,
    by: Actor,
    on: date,
    renewed_on: date | None = None,
    tell: bool = True,
) -> Rating:
    """A deputy rates a delivered reply. The lead deputy's rating meets the clock; dissatisfied opens a new round, on
    the same day unless `renewed_on` names a later one (a paper signed days before it is entered).

    A co-signer's view is kept beside it. A rating from an old ledger may lack the attitude.

    :raises RuleBroken: not delivered, not this deputy's, a body rates itself, rated before, or something is missing.
    """
    assignment, suggestion = reply.assignment, reply.assignment.suggestion
    is_old = channel is RatingChannel.LEDGER
    given = rules.must_be_a_rating(attitude, result, comment or ("—" if is_old else ""), needs_attitude=not is_old)
    _must_be_theirs(reply, deputy, suggestion)
    _must_not_judge_itself(deputy, assignment, by)
    if not is_old:
        _must_follow_delivery(reply, on)
    hold(assignment)
    _must_be_the_first(reply, deputy)
    rating = Rating(
        reply_id=reply.id,
        deputy_id=deputy.id,
        attitude=attitude,
        result=given,
        comment=comment,
        on=on,
        channel=channel,
        entered_by=by.name,
        version=1,
    )
    db.session.add(rating)
    if deputy.id == suggestion.lead_deputy_id:
        _settle(rating, reply, by)
        if Verdict.DISSATISFIED in (attitude, result):
            _handle_again(rating, reply, renewed_on or on, tell)
    return rating


def close(suggestion: Suggestion, note: str, *, by: Actor, on: date) -> None:
    """The office closes a suggestion; its promises go on being followed. Silence is not satisfaction: closing one that
    nobody rated needs a reason, and the clock of the rating no longer holds.

    :raises RuleBroken: it is not answered yet, or nobody rated it and no reason is given.
    """
    if suggestion.stage is Stage.ANSWERED and not note.strip():
        raise RuleBroken(N_("Nobody has rated it yet: say why it is closed all the same."))
    make("close", suggestion, by=by, on=on, note=note)
    for waiting in _rating_clocks(suggestion):
        clocks.void(waiting, on=on, reason="closed")


@follows("withdraw")
def ask_no_more(suggestion: Suggestion, _assignment: Assignment | None, entry: Entry, _by: Actor) -> None:
    """The deputies withdrew it: nobody waits for a rating of what was answered before."""
    for waiting in _rating_clocks(suggestion):
        clocks.void(waiting, on=entry.on, reason="withdrawn")


def _settle(rating: Rating, reply: Reply, by: Actor) -> None:
    """The rating counts: the clock is met, and once all answers are rated, so is the suggestion."""
    assignment, suggestion = reply.assignment, reply.assignment.suggestion
    facts = {"attitude": str(rating.attitude or ""), "result": str(rating.result), "channel": str(rating.channel)}
    make("rate_reply", suggestion, assignment, by=by, on=rating.on, **facts)
    for running in deadlines.open_for(kind=Kind.EVALUATE, reply_id=reply.id):
        clocks.meet(running, on=rating.on)
    if Verdict.DISSATISFIED in (rating.attitude, rating.result):
        return
    rounds = answers_of_round(suggestion)
    if suggestion.stage is Stage.ANSWERED and all(one.standing is Standing.RATED for one in rounds):
        worst = _worst_result(suggestion, [one.id for one in rounds])
        make("rate", suggestion, by=by, on=rating.on, result=str(worst))


def _handle_again(rating: Rating, reply: Reply, on: date, tell: bool) -> None:
    """A new round for the body; what was closed meanwhile stays closed, the office finds the rating on its desk."""
    if reply.assignment.suggestion.stage is Stage.CLOSED:
        return
    dispatch.renew(reply.assignment, by=SYSTEM, on=on, tell=tell)
    if tell:
        letters.dissatisfied(rating, reply, reply.assignment)


def _worst_result(suggestion: Suggestion, assignment_ids: list[int]) -> Verdict:
    """An item that several bodies answer is as satisfied as its worst reply."""
    wanted = (
        sa.select(Rating.result)
        .join(Rating.reply)
        .where(Reply.assignment_id.in_(assignment_ids), Rating.deputy_id == suggestion.lead_deputy_id)
    )
    return max(db.session.scalars(wanted), key=list(Verdict).index)


def _rating_clocks(suggestion: Suggestion) -> list[Deadline]:
    replies = sa.select(Reply.id).join(Reply.assignment).where(Assignment.suggestion_id == suggestion.id)
    wanted = sa.select(Deadline).where(
        Deadline.reply_id.in_(replies), Deadline.kind == Kind.EVALUATE, deadlines.IS_OPEN
    )
    return list(db.session.scalars(wanted))


def _must_be_theirs(reply: Reply, deputy: Deputy, suggestion: Suggestion) -> None:
    if reply.assignment.standing not in DELIVERED:
        raise RuleBroken(N_("The reply has not been delivered yet."))
    if deputy.id not in set(db.session.scalars(signers(suggestion.id))):
        raise RuleBroken(N_("This deputy did not sign the suggestion."))


def _must_follow_delivery(reply: Reply, on: date) -> None:
    first_on = db.session.scalar(sa.select(sa.func.min(Delivery.on)).where(Delivery.reply_id == reply.id))
    if first_on is not None and on < first_on:
        raise RuleBroken(N_("It cannot be rated before it was delivered on %(day)s."), day=first_on.isoformat())


def _must_not_judge_itself(deputy: Deputy, assignment: Assignment, by: Actor) -> None:
    if is_of(deputy.heads_body_id, assignment.body_id):
        raise RuleBroken(N_("Who heads a body does not rate its reply."))
    if is_of(by.body_id, assignment.body_id):
        raise RuleBroken(N_("A body never enters a rating."))


def _must_be_the_first(reply: Reply, deputy: Deputy) -> None:
    earlier = sa.select(Rating.id).where(Rating.reply_id == reply.id, Rating.deputy_id == deputy.id)
    if db.session.scalar(earlier):
        raise RuleBroken(N_("This reply has been rated already. A rating is never overwritten."))
