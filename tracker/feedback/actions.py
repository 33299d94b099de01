"""The deputy judges; a dissatisfied one opens the next round."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker import clock
from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.feedback import letters, rules
from tracker.feedback.models import Rating, RatingChannel, Verdict
from tracker.handling.models import Reply
from tracker.handling.queries import answers_of_round
from tracker.structure.models import Deputy
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Signature, Suggestion


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
    tell: bool = True,
) -> Rating:
    """A deputy rates a delivered reply. The lead deputy's rating meets the clock; dissatisfied opens a new round.

    A co-signer's view is kept beside it. A rating from an old ledger may lack the attitude.

    :raises RuleBroken: not delivered, not this deputy's, a body rates itself, rated before, or something is missing.
    """
    assignment = reply.assignment
    suggestion = assignment.suggestion
    needs_attitude = channel is not RatingChannel.LEDGER
    rules.must_be_a_rating(attitude, result, comment if needs_attitude else comment or "—", needs_attitude=needs_attitude)
    _must_be_theirs(reply, deputy, suggestion)
    if deputy.heads_body_id == assignment.body_id:
        raise RuleBroken(N_("Who heads a body does not rate its reply."))
    if by.body_id is not None and by.body_id == assignment.body_id:
        raise RuleBroken(N_("A body never enters a rating."))
    earlier = sa.select(Rating.id).where(Rating.reply_id == reply.id, Rating.deputy_id == deputy.id)
    if db.session.scalar(earlier):
        raise RuleBroken(N_("This reply has been rated already. A rating is never overwritten."))
    assert result is not None
    rating = Rating(
        reply_id=reply.id,
        deputy_id=deputy.id,
        attitude=attitude,
        result=result,
        comment=comment,
        on=on,
        entered_at=clock.now(),
        channel=channel,
        entered_by=by.name,
        version=1,
    )
    db.session.add(rating)
    if deputy.id == suggestion.lead_deputy_id:
        _settle(rating, reply, assignment, suggestion, by, on, tell)
    return rating


def close(suggestion: Suggestion, note: str, *, by: Actor, on: date) -> None:
    """The office closes a rated suggestion; its promises go on being followed."""
    make("close", suggestion, by=by, on=on, note=note)


def _settle(
    rating: Rating, reply: Reply, assignment: Assignment, suggestion: Suggestion, by: Actor, on: date, tell: bool
) -> None:
    facts = {"attitude": str(rating.attitude or ""), "result": str(rating.result), "channel": str(rating.channel)}
    make("rate_reply", suggestion, assignment, by=by, on=on, **facts)
    for running in deadlines.open_for(kind=Kind.EVALUATE, reply_id=reply.id):
        clocks.meet(running, on=on)
    if Verdict.DISSATISFIED in (rating.attitude, rating.result):
        dispatch.renew(assignment, by=SYSTEM, on=on, tell=tell)
        if tell:
            letters.dissatisfied(rating, reply, assignment)
        return
    if suggestion.stage is Stage.ANSWERED and all(
        one.standing is Standing.RATED for one in answers_of_round(suggestion)
    ):
        make("rate", suggestion, by=by, on=on, result=str(rating.result))


def _must_be_theirs(reply: Reply, deputy: Deputy, suggestion: Suggestion) -> None:
    if reply.assignment.standing not in (Standing.DELIVERED, Standing.RATED, Standing.HANDLED_AGAIN):
        raise RuleBroken(N_("The reply has not been delivered yet."))
    signed = sa.select(Signature.id).where(Signature.suggestion_id == suggestion.id, Signature.deputy_id == deputy.id)
    if deputy.id != suggestion.lead_deputy_id and db.session.scalar(signed) is None:
        raise RuleBroken(N_("This deputy did not sign the suggestion."))
