"""An account used from two networks at once, or a deputy's from a body's network: a hint, shown to the office.

A hint is nothing but a reason to ask. With it no address is kept; what is compared is what a session keeps anyway, and
the digests of networks (decision 047).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker import database
from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import NotFound
from tracker.people.models import NetworkSeen, SignIn, UseHint, UseKind, User
from tracker.people.rules import place_of
from tracker.roles import Role


class Person(Protocol):
    """Whose account it is."""

    @property
    def id(self) -> int: ...
    @property
    def congress_id(self) -> int | None: ...


def look_from_where(user: User, address: str, network: str | None, *, at: datetime, idle: timedelta) -> None:
    """Somebody has just signed in: is the account in use elsewhere, and is a deputy at a body's network?

    :param network: the digest of the public network he comes from, None where it tells nothing
    """
    if _is_elsewhere(user.id, place_of(address), at - idle):
        hint(user, UseKind.TWO_PLACES, None, at=at)
    if user.role is Role.DEPUTY and network is not None:
        body_ids = set(db.session.scalars(sa.select(NetworkSeen.body_id).where(NetworkSeen.network == network)))
        if body_ids and None not in body_ids:  # our office behind the same address: then it tells nothing
            hint(user, UseKind.BODY_NETWORK, body_ids.pop() if len(body_ids) == 1 else None, at=at)


def look_whether_moved(person: Person, began: str, now: str, *, at: datetime) -> None:
    """A session goes on at another place than it began at: a copied cookie looks so, and a carried machine too.

    Written in a transaction of its own, for the page itself only reads.
    """
    places = {place_of(began), place_of(now)}
    if len(places - {None}) == 2:
        with database.writing(), db.engine.begin() as connection:
            hint(person, UseKind.TWO_PLACES, None, at=at, into=connection)


def hint(person: Person, kind: UseKind, body_id: int | None, *, at: datetime, into: Any = None) -> None:
    """Write it down once; the same again, before anybody has looked, is counted."""
    writes: Any = into or db.session
    known = sa.update(UseHint).where(
        UseHint.user_id == person.id,
        UseHint.kind == kind,
        UseHint.body_id.is_not_distinct_from(body_id),
        UseHint.seen_at.is_(None),
    )
    if writes.execute(known.values(times=UseHint.times + 1, last_at=at)).rowcount == 0:
        facts = {"congress_id": person.congress_id, "user_id": person.id, "body_id": body_id, "kind": kind}
        writes.execute(sa.insert(UseHint).values(first_at=at, last_at=at, times=1, seen_by="", **facts))


def open_hints(congress_id: int | None) -> list[UseHint]:
    """What nobody has looked at yet, the newest first."""
    wanted = sa.select(UseHint).where(UseHint.congress_id == congress_id, UseHint.seen_at.is_(None))
    about = (joinedload(UseHint.user), joinedload(UseHint.body))
    return list(db.session.scalars(wanted.order_by(UseHint.last_at.desc(), UseHint.id.desc()).options(*about)))


def look_at(hint_id: int, congress_id: int | None, *, by: Actor, at: datetime) -> None:
    """Somebody has looked: the hint leaves the desk, who looked stays.

    :raises NotFound: there is no such open hint in this congress.
    """
    found = db.session.get(UseHint, hint_id)
    if found is None or found.congress_id != congress_id or found.seen_at is not None:
        raise NotFound
    found.seen_at, found.seen_by = at, by.name
    trace("use_hint_seen", by, at=at, user=found.user_id)


def _is_elsewhere(user_id: int, place: str | None, since: datetime) -> bool:
    """Whether a session of this person that is in use began at another place."""
    if place is None:
        return False
    wanted = sa.select(SignIn.address).where(
        SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.awaits.is_(None), SignIn.seen_at >= since
    )
    others = {place_of(address) for address in db.session.scalars(wanted)}
    return bool(others - {None, place})
