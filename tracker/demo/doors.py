"""Odd use of accounts in the demo: the deputy's was used from a body's network, and one was at two places at once."""

from __future__ import annotations

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.demo.settling import Town
from tracker.people import places
from tracker.people.models import UseKind, User
from tracker.roles import Role


def leave(town: Town) -> None:
    """Two hints nobody has looked at yet, on the desks of the office's leader and the administrator."""
    deputy, handler = (_first(town, role) for role in (Role.DEPUTY, Role.BODY_LEADER))
    places.hint(deputy, UseKind.BODY_NETWORK, handler.body_id, at=clock.now())
    places.hint(handler, UseKind.TWO_PLACES, None, at=clock.now())


def _first(town: Town, role: Role) -> User:
    wanted = sa.select(User).where(User.congress_id == town.congress.id, User.role == role).order_by(User.id)
    return db.session.scalars(wanted.limit(1)).one()
