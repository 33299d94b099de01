"""What a body of the city writes, and what its story needs of the assignments."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.actor import Actor
from tracker.database import db
from tracker.demo.items import CitySuggestion, promise, reply_text
from tracker.dispatch.models import Assignment
from tracker.handling.actions import ReplyContent, publish
from tracker.handling.models import Promise, Reply, ReplyPublicity
from tracker.handling.rules import may_be_published
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion

CLASSES = {
    "solved": "A",
    "in_progress_this_year": "B",
    "planned": "C",
    "reference_only": "D",
}
OUTCOMES = tuple(CLASSES)
LEANINGS = (38, 34, 20, 8)
PLACE = "云汀市人大网 建议公开栏"
PROMISING = ("in_progress_this_year", "planned")


def drafted(item: CitySuggestion, document_prefix: str, signer: str, on: date, dice: Random) -> ReplyContent:
    """A complete reply; what is only under way or planned mostly promises a day."""
    outcome = dice.choices(OUTCOMES, LEANINGS)[0]
    promises = []
    if outcome in PROMISING and dice.random() < 0.8:
        what, owner, months = promise(item, outcome)
        promises.append({"what": what, "owner": owner, "due_on": (on + timedelta(days=30 * months)).isoformat()})
    return ReplyContent(
        class_label=CLASSES[outcome],
        document_number=f"{document_prefix}函〔{on.year}〕{dice.randrange(1, 400)}号",
        signer=signer,
        contact_person=signer,
        contact_phone=f"0000-6{dice.randrange(100_000, 999_999)}",
        publicity=dice.choice((ReplyPublicity.FULL, ReplyPublicity.FULL, ReplyPublicity.ON_REQUEST)),
        text=reply_text(item, outcome, dice),
        letter_on=on,
        paper_original=True,
        promises=promises,
    )


def published(assignment: Assignment, reply: Reply, by: Actor, on: date) -> None:
    """Put where everybody can read it, where that was agreed."""
    agreed = may_be_published(reply.publicity, assignment.suggestion.publicity)
    if agreed and assignment.standing in (Standing.DELIVERED, Standing.RATED):
        publish(reply, assignment, PLACE, by=by, on=on)


def assignments_of(suggestion_id: int) -> list[Assignment]:
    """The assignments of a suggestion, read anew, with all an act needs of them."""
    db.session.flush()
    return list(db.session.scalars(_assignments(), {"suggestion_id": suggestion_id}))


@cache
def _assignments() -> sa.Select[tuple[Assignment]]:
    """Written once: it is asked before every act of every story."""
    return (
        sa.select(Assignment)
        .where(Assignment.suggestion_id == sa.bindparam("suggestion_id"))
        .options(joinedload(Assignment.body), joinedload(Assignment.suggestion).joinedload(Suggestion.meeting))
        .order_by(Assignment.id)
        .execution_options(populate_existing=True)
    )


def promise_of(promise_id: int) -> Promise:
    """A promise, read anew, with the assignment it stands in."""
    wanted = (
        sa.select(Promise)
        .where(Promise.id == promise_id)
        .options(joinedload(Promise.assignment).options(joinedload(Assignment.body), joinedload(Assignment.suggestion)))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(wanted).one()
