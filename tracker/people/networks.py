"""From which networks our office and the people of bodies act, so that a rating from there can be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from flask import current_app, g, request

from tracker import clock
from tracker.database import db
from tracker.people.models import NetworkSeen
from tracker.people.rules import network_digest
from tracker.roles import BODY, OFFICE, Role


def here() -> str | None:
    """The digest of the network this request comes from; None where it tells nothing."""
    return network_digest(request.remote_addr or "", current_app.config["SECRET_KEY"].encode())


def note_act() -> None:
    """Somebody of a body or of our office has acted: once a day and network, without his name."""
    who, network = g.get("visitor"), here()
    if who is None or network is None or who.role not in (*BODY, *OFFICE, Role.HUB):
        return
    if who.role not in OFFICE and who.body_id is None:
        return
    seen(network, None if who.role in OFFICE else who.body_id, on=clock.today())


def seen(network: str, body_id: int | None, *, on: date) -> None:
    """A body, or with None our office, acted from this network."""
    wanted = sa.select(NetworkSeen).where(
        NetworkSeen.network == network, NetworkSeen.body_id.is_not_distinct_from(body_id)
    )
    known = db.session.scalars(wanted.limit(1)).first()
    if known is None:
        db.session.add(NetworkSeen(network=network, body_id=body_id, last_on=on))
    elif known.last_on < on:
        known.last_on = on


def last_seen(network: str, body_ids: Iterable[int]) -> date | None:
    """The last day one of these bodies acted from this network; None where others did too: then it tells nothing."""
    ids = list(body_ids)
    wanted = sa.select(NetworkSeen.body_id, NetworkSeen.last_on).where(NetworkSeen.network == network)
    found = db.session.execute(wanted).all()
    if any(body_id not in ids for body_id, _on in found):
        return None
    return max((on for _body_id, on in found), default=None)
