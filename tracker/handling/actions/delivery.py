"""The reply reaches the deputies."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind, ReplyTo
from tracker.deadlines.models import Holder
from tracker.dispatch.clocks import Law, law_of
from tracker.dispatch.models import Assignment
from tracker.handling import letters, queries, rules
from tracker.handling.clocks import begin
from tracker.handling.models import Delivery, Promise, Reply, Way
from tracker.structure.models import Deputy
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Signature, Suggestion


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
    """The reply reaches the deputies: lead and co-signers each, or the lead alone where the rules let him relay.

    Promises become rows with clocks; the deputy's rating is asked for; once every answer of the suggestion is
    delivered, it counts as answered. The clock of the publication is not started: nothing here could meet it yet.

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
    db.session.flush()
    if suggestion.stage is Stage.HANDED_OVER and _is_answered(suggestion):
        make("answer", suggestion, by=by, on=on)
        for whole in deadlines.open_for(kind=Kind.WHOLE, suggestion_id=suggestion.id):
            clocks.meet(whole, on=on)
    if tell:
        letters.reply_delivered(reply, assignment, deputies)
    return made


def _reached(suggestion: Suggestion, law: Law) -> list[int]:
    """The deputies this reply goes to, the lead first."""
    deputies = [suggestion.lead_deputy_id] if suggestion.lead_deputy_id else []
    if law.rules.reply_to is ReplyTo.EACH:
        signed = (
            sa.select(Signature.deputy_id).where(Signature.suggestion_id == suggestion.id).order_by(Signature.place)
        )
        deputies += list(db.session.scalars(signed))
    return deputies


def _will_be_rated(assignment: Assignment) -> bool:
    """Somebody may rate it: a delegation's suggestion has no lead deputy, and who heads the body does not rate."""
    lead_id = assignment.suggestion.lead_deputy_id
    return lead_id is not None and db.session.get_one(Deputy, lead_id).heads_body_id != assignment.body_id


def _is_answered(suggestion: Suggestion) -> bool:
    return all(one.standing in queries.DELIVERED for one in queries.answers_of_round(suggestion))


def _promise(reply: Reply, assignment: Assignment, law: Law, on: date) -> None:
    for one in reply.draft_promises:
        due_on = rules.day_of(one.get("due_on"))
        if due_on is None:
            continue
        promise = Promise(
            congress_id=assignment.congress_id,
            reply_id=reply.id,
            assignment=assignment,
            what=one["what"],
            owner=one["owner"],
            due_on=due_on,
        )
        db.session.add(promise)
        db.session.flush()
        begin(Kind.PROMISE, law, assignment, on=on, holder=Holder.BODY, fixed_on=due_on, promise_id=promise.id)
