"""The reply reaches the deputies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.starting import Starting
from tracker.dispatch.clocks import Law, law_of
from tracker.dispatch.models import Assignment
from tracker.handling import letters, originals, queries, rules
from tracker.handling.actions.promising import promise
from tracker.handling.actions.publication import await_publication
from tracker.handling.actions.reaching import await_rating, set_out, wait_for_letters
from tracker.handling.clocks import void_of_reply
from tracker.handling.models import Delivery, Reply, Way
from tracker.handling.rounds import answers_of_round, answers_of_rounds
from tracker.suggestion.actions import Step, follows, make_all
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion


@dataclass(frozen=True)
class Release:
    """A reply, and how it goes to the deputies on which day, under which law."""

    reply: Reply
    assignment: Assignment
    on: date
    way: Way
    law: Law

    @property
    def suggestion(self) -> Suggestion:
        return self.assignment.suggestion


def deliver(
    reply: Reply,
    assignment: Assignment,
    *,
    by: Actor,
    on: date,
    way: Way = Way.SYSTEM,
    law: Law | None = None,
    tell: bool = True,
    old: bool = False,
) -> list[Delivery]:
    """The reply is released to the deputies: lead and co-signers each, or by the lead where the rules let him relay;
    and to those of every suggestion merged into this one. Mailed, it reaches who has an address at once; for all
    others, and by every other way, it is recorded one by one (`reaching`). `old`: a ledger says that it reached them.

    Promises become rows with clocks; the rating is asked for from the day the lead deputy is reached; once every
    answer of the suggestion is released, it counts as answered. Where it may be published, the clock for that begins.

    :raises RuleBroken: the reply is not submitted, or its signed original is not here.
    """
    release = Release(reply, assignment, on, way, law or law_of(assignment))
    [made] = deliver_all([release], by=by, tell=tell, old=old)
    return made


def deliver_all(
    releases: Sequence[Release], *, by: Actor, tell: bool = True, old: bool = False
) -> list[list[Delivery]]:
    """Several replies are released together.

    :raises RuleBroken: as `deliver`, for the first that may not be released.
    """
    for one in releases:
        originals.must_be_here(one.reply, one.way)
    steps = [
        Step(one.suggestion, one.assignment, by, one.on, {"class_label": one.reply.class_label}) for one in releases
    ]
    make_all("deliver", steps)
    checks = deadlines.open_for_all("reply_id", [one.reply.id for one in releases], kind=Kind.CHECK)
    clocks.meet_all([(running, one.on) for one in releases for running in checks[one.reply.id]])
    made, starting = set_out(releases, by=by, old=old), Starting()
    for one in releases:
        _promise(one.reply, one.assignment, one.law, one.on)
        await_publication(one.reply, one.assignment, one.law, on=one.on, together=starting)
    db.session.flush()
    _count_as_answered([(one.suggestion, one.on) for one in releases], by=by)
    for one, deliveries in zip(releases, made, strict=True):
        if tell:
            told = [each.deputy_id for each in deliveries if each.way is not Way.RELAYED]
            wait_for_letters(deliveries, letters.reply_delivered(one.reply, one.assignment, told))
        await_rating(one.reply, one.assignment, one.law, deliveries, starting)
    starting.write()
    return made


@follows("recall")
def leave_the_others(suggestion: Suggestion, assignment: Assignment | None, step: Step, by: Actor) -> None:
    """An assignment was recalled: nobody reads its reply any more, and where all others answered, that is all."""
    if assignment is None:
        return
    void_of_reply(assignment, on=step.on, reason="recalled")
    db.session.flush()
    if answers_of_round(suggestion):
        _count_as_answered([(suggestion, step.on)], by=by)


def _count_as_answered(answered: Sequence[tuple[Suggestion, date]], *, by: Actor) -> None:
    """Once every answer of a suggestion is delivered, it counts as answered."""
    on = {one.id: (one, day) for one, day in answered if one.stage is Stage.HANDED_OVER}
    rounds = answers_of_rounds(list(on))
    whole = [number for number in on if all(one.standing in queries.DELIVERED for one in rounds[number])]
    make_all("answer", [Step(on[number][0], None, by, on[number][1]) for number in whole])
    running = deadlines.open_for_all("suggestion_id", whole, kind=Kind.WHOLE)
    clocks.meet_all([(one, on[number][1]) for number in whole for one in running[number]])


def _promise(reply: Reply, assignment: Assignment, law: Law, on: date) -> None:
    for one in reply.draft_promises:
        due_on = rules.day_of(one.get("due_on"))
        if due_on is not None:
            promise(reply, assignment, law, one["what"], one["owner"], due_on, on=on)
