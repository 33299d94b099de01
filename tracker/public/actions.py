"""A reply is put on the public pages, and taken down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.handling import actions as handling
from tracker.handling.models import Publication, Reply
from tracker.public import queries, rules
from tracker.public.models import PublicPage
from tracker.suggestion.actions import make

LONGEST_REASON = 500


@dataclass(frozen=True)
class Worded:
    """What the public reads: looked at by a person, and shortened where it speaks of persons."""

    title: str
    deputies: str
    question: str
    answer: str


def show(reply: Reply, assignment: Assignment, worded: Worded, place: str, *, by: Actor, on: date) -> PublicPage:
    """Put a reply on the public pages (公开). With that it is published: where nobody has noted it, it is noted here.

    :param place: the address of the public pages, as the publication is noted.
    :raises RuleBroken: it may not be published, shows more than was agreed, or is there already.
    """
    suggestion = assignment.suggestion
    agreed = {"of_reply": reply.publicity, "of_suggestion": suggestion.publicity}
    if not rules.is_agreed(**agreed, internal=suggestion.internal, stage=suggestion.stage):
        raise RuleBroken(N_("This reply is not to be published."))
    rules.must_be_given(assignment.standing)
    rules.must_be_agreed(worded.question, worded.answer, whole=reply.text, **agreed)
    if queries.find_of_reply(reply.id) is not None:
        raise RuleBroken(N_("This reply is on the public pages already."))
    make("show", suggestion, assignment, by=by, on=on)
    if db.session.get(Publication, reply.id) is None:
        handling.publish(reply, assignment, place, by=by, on=on)
    page = PublicPage(
        congress_id=suggestion.congress_id,
        reply_id=reply.id,
        title=worded.title.strip(),
        deputies=worded.deputies.strip(),
        question=worded.question.strip(),
        answer=worded.answer.strip(),
        shown_on=on,
        shown_by=by.name,
    )
    db.session.add(page)
    db.session.flush()
    return page


def take_down(page: PublicPage, assignment: Assignment, reason: str, *, by: Actor, on: date) -> None:
    """Take a reply off the public pages (撤下). What stood there, and why it went, is kept.

    :raises RuleBroken: it was taken down already, or nobody says why.
    """
    if not reason.strip():
        raise RuleBroken(N_("Say why it is taken down."))
    if page.ended_on is not None:
        raise RuleBroken(N_("This page was taken down already."))
    make("take_down", assignment.suggestion, assignment, by=by, on=on)
    page.ended_on, page.ended_by, page.ended_reason = on, by.name, reason.strip()[:LONGEST_REASON]
    db.session.flush()
