"""The office entered what the deputy thinks, from a signed paper."""

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


def found(asked: Asked) -> sa.Select[Any]:
    """Ratings without dissatisfaction from a signed paper; its scan is always kept, so the hint is a weak one.

    A kind of its own: where most deputies rate on paper, this is switched off and the strong hints stay.
    """
    return (
        told(Rating.id, Rating.on, entered_by=Rating.entered_by, on=Rating.on)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Rating, Rating.reply_id == Reply.id)
        .where(asked.covers(), Assignment.standing.in_(RATED), LATEST, CONTENT)
        .where(Rating.channel == RatingChannel.PAPER)
    )


SIGNAL = SignalKind(
    key="rating_on_paper",
    name=N_("Rating entered from paper"),
    rule=N_("A rating without dissatisfaction was entered from a signed paper. A weak hint: the scan is kept."),
    evidence=N_("Signed paper of %(on)s, entered by %(entered_by)s; its scan is kept."),
    act=N_("Compare with the scan."),
    found=found,
    about=About.RATING,
    evidence_at=ITEM,
    act_at=ITEM,
)
