"""The reply reaches the deputies."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.dispatch.clocks import Law, law_of
from tracker.dispatch.models import Assignment
from tracker.handling import letters, originals, queries, rules
from tracker.handling.actions.promising import promise
from tracker.handling.actions.publication import await_publication
from tracker.handling.actions.reaching import await_rating, set_out, wait_for_letters
from tracker.handling.clocks import void_of_reply
from tracker.handling.models import Delivery, Reply, Way
from tracker.suggestion.actions import follows, make
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Entry, Suggestion


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
    originals.must_be_here(reply, way)
    law = law or law_of(assignment)
    suggestion = assignment.suggestion
    make("deliver", suggestion, assignment, by=by, on=on, class_label=reply.class_label)
    for running in deadlines.open_for(kind=Kind.CHECK, reply_id=reply.id):
        clocks.meet(running, on=on)
    made = set_out(reply, suggestion, law, way, by=by, on=on, old=old)
    _promise(reply, assignment, law, on)
    await_publication(reply, assignment, law, on=on)
    db.session.flush()
    _count_as_answered(suggestion, by=by, on=on)
    if tell:
        told = [one.deputy_id for one in made if one.way is not Way.RELAYED]
        wait_for_letters(made, letters.reply_delivered(reply, assignment, told))
    await_rating(reply, assignment, law, made)
    return made


@follows("recall")
def leave_the_others(suggestion: Suggestion, assignment: Assignment | None, entry: Entry, by: Actor) -> None:
    """An assignment was recalled: nobody reads its reply any more, and where all others answered, that is all."""
    if assignment is None:
        return
    void_of_reply(assignment, on=entry.on, reason="recalled")
    db.session.flush()
    if queries.answers_of_round(suggestion):
        _count_as_answered(suggestion, by=by, on=entry.on)


def _count_as_answered(suggestion: Suggestion, *, by: Actor, on: date) -> None:
    """Once every answer of the suggestion is delivered, it counts as answered."""
    if suggestion.stage is not Stage.HANDED_OVER or not _is_answered(suggestion):
        return
    make("answer", suggestion, by=by, on=on)
    for whole in deadlines.open_for(kind=Kind.WHOLE, suggestion_id=suggestion.id):
        clocks.meet(whole, on=on)


def _is_answered(suggestion: Suggestion) -> bool:
    return all(one.standing in queries.DELIVERED for one in queries.answers_of_round(suggestion))


def _promise(reply: Reply, assignment: Assignment, law: Law, on: date) -> None:
    for one in reply.draft_promises:
        due_on = rules.day_of(one.get("due_on"))
        if due_on is not None:
            promise(reply, assignment, law, one["what"], one["owner"], due_on, on=on)
