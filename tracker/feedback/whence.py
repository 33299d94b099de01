"""Whether a rating comes from a network of the body it is about."""

from __future__ import annotations

from tracker.database import db
from tracker.feedback.models import Rating, RatingNetwork
from tracker.people import networks
from tracker.structure.succession import and_before


def note_network(rating: Rating, body_id: int, network: str | None) -> RatingNetwork | None:
    """Keep that the rating came from where the body's people act; of a rating from elsewhere nothing is kept."""
    seen_on = networks.last_seen(network, _own(body_id)) if network else None
    if seen_on is None:
        return None
    found = RatingNetwork(rating_id=rating.id, network=network, on=rating.on, seen_on=seen_on)
    db.session.add(found)
    return found


def _own(body_id: int) -> list[int]:
    return list(db.session.scalars(and_before(body_id)))
