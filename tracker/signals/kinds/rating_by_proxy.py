"""Somebody else entered what the deputy thinks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback.models import Rating, RatingChannel
from tracker.feedback.versions import CONTENT, LATEST
from tracker.handling.models import Reply
from tracker.signals.kind import ITEM, About, Asked, SignalKind, told
from tracker.signals.ratings import RATED
from tracker.structure.models import Deputy


def found(asked: Asked) -> sa.Select[Any]:
    """Ratings without dissatisfaction by the deputy's link in another's name, with nothing signed.

    An account is the deputy's own, however he is called in it. What a clerk enters from a signed paper is another,
    weaker hint (`rating_on_paper`).
    """
    entered, named = (sa.func.replace(one, " ", "") for one in (Rating.entered_by, Deputy.name))
    return (
        told(Rating.id, Rating.on, entered_by=Rating.entered_by, on=Rating.on)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Rating, Rating.reply_id == Reply.id)
        .join(Deputy, Deputy.id == Rating.deputy_id)
        .where(asked.covers(), Assignment.standing.in_(RATED), LATEST, CONTENT)
        .where(Rating.channel == RatingChannel.LINK, entered != named)
    )


SIGNAL = SignalKind(
    key="rating_by_proxy",
    name=N_("Rating entered by another"),
    rule=N_("A rating without dissatisfaction came by the deputy's link in another name, with nothing signed."),
    evidence=N_("Entered by %(entered_by)s on %(on)s."),
    act=N_("Ask the deputy whether it is what he thinks."),
    found=found,
    about=About.RATING,
    evidence_at=ITEM,
    act_at=ITEM,
)
