"""The deputy was satisfied before he can have read the reply."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback.models import Rating, RatingChannel
from tracker.feedback.versions import CONTENT, LATEST
from tracker.handling.models import Delivery, Reply
from tracker.mail.models import Letter
from tracker.signals.kind import ITEM, About, Asked, Facts, SignalKind, Threshold, Unit, told
from tracker.signals.ratings import RATED
from tracker.suggestion.models import Entry


def found(asked: Asked) -> sa.Select[Any]:
    """Ratings without dissatisfaction, entered by link or account on the day of the release, with the moment of it.

    A paper was signed when it was signed, whenever it is entered.
    """
    released = sa.select(sa.func.max(Entry.at)).where(Entry.assignment_id == Assignment.id, Entry.move == "deliver")
    return (
        told(
            Rating.id,
            Rating.on,
            released_at=released.scalar_subquery(),
            sent_at=Letter.sent_at,
            entered_at=Rating.entered_at,
        )
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Rating, Rating.reply_id == Reply.id)
        .join(Delivery, sa.and_(Delivery.reply_id == Reply.id, Delivery.deputy_id == Rating.deputy_id))
        .outerjoin(Letter, Letter.id == Delivery.letter_id)
        .where(asked.covers(), Assignment.standing.in_(RATED), LATEST, CONTENT)
        .where(Rating.channel.in_((RatingChannel.LINK, RatingChannel.ACCOUNT)), Rating.on == Delivery.released_on)
    )


def reads(row: Any, asked: Asked) -> Facts | None:
    """The minutes since the deputy could first have read it, if they are few."""
    moments = [one for one in (row.fact_released_at, row.fact_sent_at) if one and one <= row.fact_entered_at]
    if not moments:
        return None
    passed = row.fact_entered_at - max(moments)
    most = timedelta(minutes=asked.set_at["minutes"])
    return {"minutes": passed // timedelta(minutes=1)} if passed < most else None


SIGNAL = SignalKind(
    key="rating_in_minutes",
    name=N_("Rated within minutes"),
    rule=N_("A rating without dissatisfaction came less than %(minutes)s minutes after the reply."),
    evidence=N_("Rated %(minutes)s minutes after the reply was there."),
    act=N_("Ask the deputy whether he has read the reply."),
    found=found,
    about=About.RATING,
    thresholds=(Threshold("minutes", 10, Unit.MINUTES, least=1, most=600),),
    reads=reads,
    texts=("released_at", "sent_at", "entered_at"),
    evidence_at=ITEM,
    act_at=ITEM,
)
