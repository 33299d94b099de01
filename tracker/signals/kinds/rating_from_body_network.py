"""The rating came from a network of the body it is about."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback.models import Rating, RatingNetwork
from tracker.feedback.versions import CONTENT, LATEST
from tracker.handling.models import Reply
from tracker.people.models import NetworkSeen
from tracker.signals.kind import ITEM, About, Asked, SignalKind, told
from tracker.signals.ratings import RATED
from tracker.structure.models import Body


def found(asked: Asked) -> sa.Select[Any]:
    """Ratings without dissatisfaction that came from there, unless others are found behind the same address since."""
    others = sa.select(NetworkSeen.id).where(
        NetworkSeen.network == RatingNetwork.network,
        sa.or_(NetworkSeen.body_id.is_(None), NetworkSeen.body_id != Assignment.body_id),
    )
    facts = {"on": Rating.on, "body": Body.name, "seen_on": RatingNetwork.seen_on}
    return (
        told(Rating.id, Rating.on, **facts)
        .join(Body, Body.id == Assignment.body_id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Rating, Rating.reply_id == Reply.id)
        .join(RatingNetwork, RatingNetwork.rating_id == Rating.id)
        .where(asked.covers(), Assignment.standing.in_(RATED), LATEST, CONTENT, ~others.exists())
    )


SIGNAL = SignalKind(
    key="rating_from_body_network",
    name=N_("Rating from the body's network"),
    rule=N_("A rating without dissatisfaction came from a network from which only this body's people act."),
    evidence=N_("Rated on %(on)s; from the same network %(body)s acted last on %(seen_on)s."),
    act=N_("Ask the deputy where the rating was filled in."),
    found=found,
    about=About.RATING,
    evidence_at=ITEM,
    act_at=ITEM,
)
