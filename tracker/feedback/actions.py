"""The deputy judges; a dissatisfied one is studied by the office, or opens the next round where the rules say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.chosen import NEEDED_RATES, Aspect
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.entities import bind, new
from tracker.errors import N_, RuleBroken
from tracker.feedback import studying
from tracker.feedback.given import Given, Refused, allowed
from tracker.feedback.models import COLUMNS, Rating, RatingChannel, Verdict
from tracker.feedback.versions import worst_results
from tracker.files.models import File
from tracker.handling import actions as handling
from tracker.handling.models import Reply
from tracker.handling.queries import hold
from tracker.handling.rounds import answers_of_rounds
from tracker.many import put_all
from tracker.structure.models import Deputy
from tracker.suggestion.actions import Step, follows, make, make_all
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion

AWAITED = (Kind.EVALUATE, Kind.STUDY)
Made = tuple[Given, Rating | None, Rating]


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
    said = {Aspect.ATTITUDE: attitude, Aspect.RESULT: result, **(further or {})}
    given = Given(reply, deputy, said, comment, reason, scan)
    [rating] = rate_all([given], channel=channel, by=by, on=on, renewed_on=renewed_on, tell=tell)
    return rating


def rate_all(
    given: Sequence[Given],
    *,
    channel: RatingChannel,
    by: Actor,
    on: date,
    renewed_on: date | None = None,
    tell: bool = True,
    refused: Refused | None = None,
) -> list[Rating]:
    """Ratings given on one day, as a ledger holds them. What a rule refuses is told to `refused` and left out.

    :raises RuleBroken: as `rate`, for the first a rule refuses, if nobody is told.
    """
    hold(*(one.assignment for one in given))
    may = allowed(given, channel=channel, by=by, on=on, refused=refused)
    made = []
    for one, earlier in may:
        facts = {"channel": channel, "entered_by": by.name, "scan_id": one.scan.id if one.scan else None}
        made.append((one, earlier, _written(one, on=on, version=earlier.version + 1 if earlier else 1, **facts)))
    put_all([rating for _one, _earlier, rating in made])
    handling.reach_by_rating([(one.reply, one.deputy) for one, _earlier in may], by=by, on=on)
    _settle([each for each in made if each[0].counts], by)
    for one, _earlier, rating in made:
        if one.counts:
            studying.follow(rating, one.reply, on=renewed_on or on, tell=tell)
    make_all("rate_beside", [_beside(*each, by) for each in made if not each[0].counts])
    return [rating for _one, _earlier, rating in made]


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
def ask_no_more(suggestion: Suggestion, _assignment: Assignment | None, step: Step, _by: Actor) -> None:
    """The deputies withdrew it: nobody waits for a rating of what was answered before."""
    for waiting in _rating_clocks(suggestion):
        clocks.void(waiting, on=step.on, reason="withdrawn")


def _written(given: Given, **facts: object) -> Rating:
    verdicts = {COLUMNS[aspect]: verdict for aspect, verdict in given.said.items()}
    said = {"comment": given.comment, "reason": given.reason, **verdicts}
    made = new(Rating, reply_id=given.reply.id, deputy_id=given.deputy.id, **said, **facts)
    bind(made, reply=given.reply, deputy=given.deputy)
    return made


def _settle(made: Sequence[Made], by: Actor) -> None:
    """The ratings count: their clocks are met, and once all answers are rated, so is the suggestion."""
    make_all("rate_reply", [_step(*each, by) for each in made if each[1] is None])
    make_all("change_rating", [_step(*each, by) for each in made if each[1] is not None])
    running = deadlines.open_for_all("reply_id", [one.reply.id for one, _earlier, _rating in made])
    waiting = [(each, rating.on) for one, _earlier, rating in made for each in running[one.reply.id]]
    clocks.meet_all([(each, on) for each, on in waiting if each.kind is Kind.EVALUATE])
    clocks.void_all([(each, on) for each, on in waiting if each.kind is Kind.STUDY], reason="rated_anew")
    whole = {
        one.suggestion.id: (one.suggestion, rating.on)
        for one, _earlier, rating in made
        if one.suggestion.stage is Stage.ANSWERED and not studying.begins_at_once(rating, one.assignment)
    }
    rounds = answers_of_rounds(list(whole))
    rated = [one for one, _on in whole.values() if all(each.standing is Standing.RATED for each in rounds[one.id])]
    worst = worst_results([each.id for one in rated for each in rounds[one.id]])
    make_all("rate", [Step(one, None, by, whole[one.id][1], {"result": str(worst[one.id])}) for one in rated])


def _step(one: Given, earlier: Rating | None, rating: Rating, by: Actor) -> Step:
    return Step(one.suggestion, one.assignment, by, rating.on, _facts(rating, earlier))


def _beside(one: Given, earlier: Rating | None, rating: Rating, by: Actor) -> Step:
    return Step(one.suggestion, one.assignment, by, rating.on, {**_facts(rating, earlier), "deputy": one.deputy.name})


def _facts(rating: Rating, earlier: Rating | None) -> dict[str, str]:
    """What the history tells: the verdicts and whence; what was said in words stays with the rating."""
    facts = {str(aspect): str(verdict) for aspect, verdict in rating.said.items() if aspect in NEEDED_RATES}
    facts["channel"] = str(rating.channel)
    if earlier is not None:
        facts |= {f"from_{aspect}": str(one) for aspect, one in earlier.said.items() if aspect in NEEDED_RATES}
    return facts


def _rating_clocks(suggestion: Suggestion) -> list[Deadline]:
    replies = sa.select(Reply.id).join(Reply.assignment).where(Assignment.suggestion_id == suggestion.id)
    wanted = sa.select(Deadline).where(Deadline.reply_id.in_(replies), Deadline.kind.in_(AWAITED), deadlines.IS_OPEN)
    return list(db.session.scalars(wanted))
