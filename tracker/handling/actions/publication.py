"""A delivered reply is published, where it may be."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder
from tracker.deadlines.starting import Starting
from tracker.dispatch.clocks import Law
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.handling import rules
from tracker.handling.clocks import begin, void_of_reply
from tracker.handling.models import Publication, Reply
from tracker.suggestion.actions import Step, follows, make
from tracker.suggestion.models import Suggestion


def await_publication(
    reply: Reply, assignment: Assignment, law: Law, *, on: date, together: Starting | None = None
) -> None:
    """From the delivery the body has the time of the rules to publish what it and the deputy agreed may be public."""
    if rules.may_be_published(reply.publicity, assignment.suggestion.publicity):
        begin(Kind.PUBLISH, law, assignment, on=on, holder=Holder.BODY, together=together, reply_id=reply.id)


def publish(reply: Reply, assignment: Assignment, place: str, *, by: Actor, on: date) -> Publication:
    """The reply was published (公开): where and when is noted, and its clock is met.

    :raises RuleBroken: it may not be published, is not delivered, was published already, or nobody says where.
    """
    if not rules.may_be_published(reply.publicity, assignment.suggestion.publicity):
        raise RuleBroken(N_("This reply is not to be published."))
    if not place.strip():
        raise RuleBroken(N_("Say where it was published."))
    if db.session.get(Publication, reply.id) is not None:
        raise RuleBroken(N_("The publication of this reply is noted already."))
    make("publish", assignment.suggestion, assignment, by=by, on=on, place=place.strip())
    published = Publication(reply_id=reply.id, on=on, place=place.strip(), noted_by=by.name)
    db.session.add(published)
    for running in deadlines.open_for(kind=Kind.PUBLISH, reply_id=reply.id):
        clocks.meet(running, on=on)
    return published


@follows("renew")
def publish_the_last_one(_suggestion: Suggestion, assignment: Assignment | None, step: Step, _by: Actor) -> None:
    """Handled again: the reply that will be published is that of the new round."""
    if assignment is not None:
        void_of_reply(assignment, on=step.on, reason="handled_again", kind=Kind.PUBLISH)
