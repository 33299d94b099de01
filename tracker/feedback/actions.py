"""The deputy judges; a dissatisfied one is studied by the office, or opens the next round where the rules say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.chosen import NEEDED_RATES, Aspect
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.feedback import rules, studying
from tracker.feedback.models import COLUMNS, Rating, RatingChannel, Verdict
from tracker.feedback.versions import latest_of, worst_result
from tracker.files.models import File
from tracker.handling import actions as handling
from tracker.handling.models import Delivery, Reply
from tracker.handling.queries import DELIVERED, answers_of_round, hold
from tracker.structure.models import Deputy
from tracker.structure.succession import is_of
from tracker.suggestion.actions import follows, make
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Entry, Suggestion
from tracker.suggestion.queries import signers

AWAITED = (Kind.EVALUATE, Kind.STUDY)


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
    further: Mapping[Aspect, Verdict | None] | None = None,
    reason: str = "",
    scan: File | None = None,
    renewed_on: date | None = None,
    tell: bool = True,
) -> Rating:
    """A deputy rates a delivered reply, or changes his mind with a reason: a new version, and the latest counts.

    The lead deputy's rating meets the clock; what a dissatisfied one brings about begins on the same day unless
    `renewed_on` names a later one (a paper signed days before it is entered). A co-signer's view is kept beside it.
    `further` are the aspects the congress asks besides the two. A rating from an old ledger may lack the attitude.

    :raises RuleBroken: not delivered, not this deputy's, a body rates, something is missing, no reason for a change.
    """
    assignment, suggestion = reply.assignment, reply.assignment.suggestion
    said = {Aspect.ATTITUDE: attitude, Aspect.RESULT: result, **(further or {})}
    is_old = channel is RatingChannel.LEDGER
    rules.must_be_a_rating(said, _asked(assignment, is_old=is_old), comment or ("—" if is_old else ""))
    rules.must_have_scan(is_paper=channel is RatingChannel.PAPER, has_scan=scan is not None)
    _must_be_theirs(reply, deputy, suggestion)
    _must_not_judge_itself(deputy, assignment, by)
    if not is_old:
        _must_follow_delivery(reply, on)
    hold(assignment)
    earlier = latest_of(reply.id, deputy.id)
    if earlier is not None:
        _must_be_a_change(earlier, assignment, said, comment, reason, on)
    facts = {"channel": channel, "entered_by": by.name, "scan_id": scan.id if scan else None, "reason": reason}
    rating = _written(reply, deputy, said, comment, on=on, version=earlier.version + 1 if earlier else 1, **facts)
    handling.reach_by_rating(reply, deputy, by=by, on=on)
    if deputy.id == suggestion.lead_deputy_id:
        _settle(rating, earlier, reply, by)
        studying.follow(rating, reply, on=renewed_on or on, tell=tell)
    else:
        make("rate_beside", suggestion, assignment, by=by, on=on, **_facts(rating, earlier), deputy=deputy.name)
    return rating


def close(suggestion: Suggestion, note: str, *, by: Actor, on: date) -> None:
    """The office closes a suggestion; its promises go on being followed. Silence is not satisfaction: closing one that
    nobody rated needs a reason, and the clock of the rating no longer holds.

    :raises RuleBroken: it is not answered yet, a dissatisfied rating waits to be studied, or a reason is missing.
    """
    if suggestion.stage is Stage.ANSWERED and not note.strip():
        raise RuleBroken(N_("Nobody has rated it yet: say why it is closed all the same."))
    studying.must_be_done(suggestion, note)
    make("close", suggestion, by=by, on=on, note=note)
    for waiting in _rating_clocks(suggestion):
        clocks.void(waiting, on=on, reason="closed")


@follows("withdraw")
def ask_no_more(suggestion: Suggestion, _assignment: Assignment | None, entry: Entry, _by: Actor) -> None:
    """The deputies withdrew it: nobody waits for a rating of what was answered before."""
    for waiting in _rating_clocks(suggestion):
        clocks.void(waiting, on=entry.on, reason="withdrawn")


def _asked(assignment: Assignment, *, is_old: bool) -> tuple[Aspect, ...]:
    """What the rules of this suggestion ask; an old ledger knows at least of the result."""
    return (Aspect.RESULT,) if is_old else law_of(assignment).rules.rates


def _written(
    reply: Reply, deputy: Deputy, said: Mapping[Aspect, Verdict | None], comment: str, **facts: object
) -> Rating:
    verdicts = {COLUMNS[aspect]: verdict for aspect, verdict in said.items()}
    rating = Rating(reply=reply, deputy=deputy, comment=comment, **verdicts, **facts)
    db.session.add(rating)
    db.session.flush()
    return rating


def _settle(rating: Rating, earlier: Rating | None, reply: Reply, by: Actor) -> None:
    """The rating counts: the clock is met, and once all answers are rated, so is the suggestion."""
    assignment, suggestion = reply.assignment, reply.assignment.suggestion
    if earlier is None:
        make("rate_reply", suggestion, assignment, by=by, on=rating.on, **_facts(rating, earlier))
    else:
        make("change_rating", suggestion, assignment, by=by, on=rating.on, **_facts(rating, earlier))
    for running in _clocks_of(reply, Kind.EVALUATE):
        clocks.meet(running, on=rating.on)
    for running in _clocks_of(reply, Kind.STUDY):
        clocks.void(running, on=rating.on, reason="rated_anew")
    if studying.begins_at_once(rating, assignment):
        return
    rounds = answers_of_round(suggestion)
    if suggestion.stage is Stage.ANSWERED and all(one.standing is Standing.RATED for one in rounds):
        worst = worst_result(suggestion, [one.id for one in rounds])
        make("rate", suggestion, by=by, on=rating.on, result=str(worst))


def _facts(rating: Rating, earlier: Rating | None) -> dict[str, str]:
    """What the history tells: the verdicts and whence; what was said in words stays with the rating."""
    facts = {str(aspect): str(verdict) for aspect, verdict in rating.said.items() if aspect in NEEDED_RATES}
    facts["channel"] = str(rating.channel)
    if earlier is not None:
        facts |= {f"from_{aspect}": str(one) for aspect, one in earlier.said.items() if aspect in NEEDED_RATES}
    return facts


def _clocks_of(reply: Reply, kind: Kind) -> list[Deadline]:
    return list(deadlines.open_for(kind=kind, reply_id=reply.id))


def _rating_clocks(suggestion: Suggestion) -> list[Deadline]:
    replies = sa.select(Reply.id).join(Reply.assignment).where(Assignment.suggestion_id == suggestion.id)
    wanted = sa.select(Deadline).where(Deadline.reply_id.in_(replies), Deadline.kind.in_(AWAITED), deadlines.IS_OPEN)
    return list(db.session.scalars(wanted))


def _must_be_a_change(
    earlier: Rating,
    assignment: Assignment,
    said: Mapping[Aspect, Verdict | None],
    comment: str,
    reason: str,
    on: date,
) -> None:
    if assignment.standing is Standing.HANDLED_AGAIN:
        raise RuleBroken(N_("It is being handled again: rate the new reply when it comes."))
    the_same = {one: verdict for one, verdict in said.items() if verdict} == earlier.said
    says_the_same = the_same and comment.strip() == earlier.comment.strip()
    rules.must_be_a_change(says_the_same=says_the_same, reason=reason, on=on, earlier_on=earlier.on)


def _must_be_theirs(reply: Reply, deputy: Deputy, suggestion: Suggestion) -> None:
    if reply.assignment.standing not in DELIVERED:
        raise RuleBroken(N_("The reply has not been delivered yet."))
    if deputy.id not in set(db.session.scalars(signers(suggestion.id))):
        raise RuleBroken(N_("This deputy did not sign the suggestion."))


def _must_follow_delivery(reply: Reply, on: date) -> None:
    first_on = db.session.scalar(sa.select(sa.func.min(Delivery.released_on)).where(Delivery.reply_id == reply.id))
    if first_on is not None and on < first_on:
        raise RuleBroken(N_("It cannot be rated before it was delivered on %(day)s."), day=first_on.isoformat())


def _must_not_judge_itself(deputy: Deputy, assignment: Assignment, by: Actor) -> None:
    if is_of(deputy.heads_body_id, assignment.body_id):
        raise RuleBroken(N_("Who heads a body does not rate its reply."))
    if by.body_id is not None:
        raise RuleBroken(N_("A body never enters a rating."))
