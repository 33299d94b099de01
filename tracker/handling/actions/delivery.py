"""The reply reaches the deputies."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind, ReplyTo
from tracker.deadlines.models import Holder
from tracker.dispatch.clocks import Law, law_of
from tracker.dispatch.models import Assignment
from tracker.handling import letters, queries, rules
from tracker.handling.actions.promising import promise
from tracker.handling.actions.publication import await_publication
from tracker.handling.clocks import begin, void_of_reply
from tracker.handling.models import Delivery, Reply, Way
from tracker.structure.models import Deputy
from tracker.structure.succession import is_of
from tracker.suggestion.actions import follows, make
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Entry, Suggestion
from tracker.suggestion.queries import deputies_of


def deliver(
    reply: Reply,
    assignment: Assignment,
    *,
    by: Actor,
    on: date,
    way: Way = Way.SYSTEM,
    law: Law | None = None,
    tell: bool = True,
) -> list[Delivery]:
    """The reply reaches the deputies: lead and co-signers each, or the lead alone where the rules let him relay;
    and the same of every suggestion merged into this one.

    Promises become rows with clocks; the deputy's rating is asked for; once every answer of the suggestion is
    delivered, it counts as answered. Where the reply may be published, the clock for that begins.

    :raises RuleBroken: the reply is not submitted.
    """
    law = law or law_of(assignment)
    suggestion = assignment.suggestion
    make("deliver", suggestion, assignment, by=by, on=on, class_label=reply.class_label)
    for running in deadlines.open_for(kind=Kind.CHECK, reply_id=reply.id):
        clocks.meet(running, on=on)
    deputies = _reached(suggestion, law)
    made = [Delivery(reply_id=reply.id, deputy_id=one, on=on, way=way, by_name=by.name) for one in deputies]
    db.session.add_all(made)
    _promise(reply, assignment, law, on)
    if _will_be_rated(assignment):
        begin(Kind.EVALUATE, law, assignment, on=on, holder=Holder.DEPUTY, reply_id=reply.id)
    await_publication(reply, assignment, law, on=on)
    db.session.flush()
    _count_as_answered(suggestion, by=by, on=on)
    if tell:
        letters.reply_delivered(reply, assignment, deputies)
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


def _reached(suggestion: Suggestion, law: Law) -> list[int]:
    """The deputies this reply goes to, the lead first; also those whose own suggestion was merged into this one."""
    leads_only = law.rules.reply_to is not ReplyTo.EACH
    return [deputy_id for _id, deputy_id in deputies_of([suggestion.id], leads_only=leads_only)]


def _will_be_rated(assignment: Assignment) -> bool:
    """Somebody may rate it: a delegation's suggestion has no lead deputy, and who heads the body does not rate."""
    lead_id = assignment.suggestion.lead_deputy_id
    return lead_id is not None and not is_of(db.session.get_one(Deputy, lead_id).heads_body_id, assignment.body_id)


def _is_answered(suggestion: Suggestion) -> bool:
    return all(one.standing in queries.DELIVERED for one in queries.answers_of_round(suggestion))


def _promise(reply: Reply, assignment: Assignment, law: Law, on: date) -> None:
    for one in reply.draft_promises:
        due_on = rules.day_of(one.get("due_on"))
        if due_on is not None:
            promise(reply, assignment, law, one["what"], one["owner"], due_on, on=on)
