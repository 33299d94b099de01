"""Replies beside each other, and what was found alike, limited to who is asking."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, undefer

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.handling.models import Reply
from tracker.handling.queries import readable
from tracker.recurrence.models import ReplyLikeness
from tracker.stage import Visitor
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

MOST_SHOWN = 50


@dataclass(frozen=True)
class Like:
    """Another reply with what was found; `is_later`: it was taken from this one, not this one from it."""

    reply: Reply
    found: ReplyLikeness
    is_later: bool


def get_readable(reply_id: int, visitor: Visitor) -> Reply:
    """One reply with its text, as `handling.queries.get_reply` would give it, and nothing that hangs on it.

    :raises NotFound: there is none, or it is not this visitor's to read.
    """
    found = db.session.scalar(_replies(visitor).where(Reply.id == reply_id).options(undefer(Reply.text)))
    if found is None:
        raise NotFound
    return found


def known_likeness(one_id: int, other_id: int) -> ReplyLikeness | None:
    """What was found about two replies, whichever is the later."""
    ids = (one_id, other_id)
    wanted = sa.select(ReplyLikeness).where(ReplyLikeness.reply_id.in_(ids), ReplyLikeness.other_id.in_(ids))
    return db.session.scalar(wanted)


def likenesses_of(reply_id: int, visitor: Visitor) -> list[Like]:
    """What was found alike to a reply, the largest share first; others than the visitor may read are left out."""
    found: list[Like] = []
    for mine, theirs in (
        (ReplyLikeness.reply_id, ReplyLikeness.other_id),
        (ReplyLikeness.other_id, ReplyLikeness.reply_id),
    ):
        wanted = (
            _replies(visitor)
            .add_columns(ReplyLikeness)
            .join(ReplyLikeness, theirs == Reply.id)
            .where(mine == reply_id)
            .order_by(ReplyLikeness.percent.desc(), Reply.id)
            .limit(MOST_SHOWN)
        )
        is_later = theirs is ReplyLikeness.reply_id
        found += [Like(reply, row, is_later) for reply, row in db.session.execute(wanted)]
    return sorted(found, key=lambda one: -one.found.percent)


def _replies(visitor: Visitor) -> sa.Select[tuple[Reply]]:
    wanted = (
        sa.select(Reply)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .where(scope(visitor), readable(visitor))
        .options(
            contains_eager(Reply.assignment).options(
                joinedload(Assignment.body),
                contains_eager(Assignment.suggestion).options(joinedload(Suggestion.meeting)),
            )
        )
    )
    linked_id = getattr(visitor, "reply_id", None)
    return wanted if linked_id is None else wanted.where(Reply.id == linked_id)
