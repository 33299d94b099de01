"""Whether the signed original of a reply is here, or goes to the deputy itself."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.database import db
from tracker.handling import rules
from tracker.handling.models import Reply, ReplyFile, Way


def has_original(reply: Reply) -> bool:
    """Its stamped scan is here, its paper original is recorded, or the day it came on paper or by exchange is."""
    if reply.paper_original or (reply.way is not Way.SYSTEM and reply.received_on is not None):
        return True
    stamped = sa.select(ReplyFile.id).where(ReplyFile.reply_id == reply.id, ReplyFile.stamped.is_(True))
    return db.session.scalar(stamped.limit(1)) is not None


def must_be_here(reply: Reply, way: Way) -> None:
    """Asked before every delivery; `way` is how this delivery reaches the deputies, and is recorded with it.

    :raises RuleBroken: there is no original, and none goes to the deputy itself.
    """
    goes_itself = way is not Way.SYSTEM
    rules.must_have_original(is_here=goes_itself or has_original(reply), goes_itself=goes_itself)
