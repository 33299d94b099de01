"""Who reads an issue, and which part of it is his: by rank, and by what is under him."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.scopes import Scope
from tracker.database import db
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body, Branch, Charge, Deputy, Officer, Pairing, Rank
from tracker.structure.succession import paired_with

OUR_OFFICE = (Rank.OUR_CLERK, Rank.OUR_DIRECTOR, Rank.SECRETARY_GENERAL)
READ_ALL = (*OUR_OFFICE, Rank.DIRECTORS_MEETING)
MAYORS_ARM = (Branch.GOVERNMENT, Branch.ENTERPRISE)
AT_ONCE = 500


@dataclass(frozen=True)
class Person:
    """Somebody an issue may go to."""

    person_key: str
    name: str
    rank: str
    scope: Scope
    reads_always: bool = False
    hub_id: int | None = None  # who hands it on to him


def people(congress_id: int, on: date) -> Iterator[list[Person]]:
    """Officers by rank and deputies, some at a time."""
    under = Under.of(congress_id, on)
    last = 0
    while officers := _officers(congress_id, last):
        last = officers[-1].id
        yield [person for officer in officers if (person := under.person(officer)) is not None]
    last = 0
    while deputies := _deputies(congress_id, last):
        last = deputies[-1].id
        yield [Person(f"deputy:{row.id}", row.name, "deputy", {"deputy": row.id, "internal": True}) for row in deputies]


@dataclass(frozen=True)
class Under:
    """Which bodies are under whom: read once for a whole issue."""

    bodies: dict[int, Any]
    by_hub: dict[int, list[int]]
    in_charge: dict[int, list[int]]
    paired: dict[int, list[int]]

    @classmethod
    def of(cls, congress_id: int, on: date) -> Under:
        rows = sa.select(Body.id, Body.branch, Body.hub_id, Body.is_hub, Body.is_committee)
        bodies = {row.id: row for row in db.session.execute(rows.where(Body.congress_id == congress_id))}
        by_hub: dict[int, list[int]] = defaultdict(list)
        for row in bodies.values():
            if row.hub_id is not None:
                by_hub[row.hub_id].append(row.id)
        lasts = sa.or_(Charge.until_on.is_(None), Charge.until_on >= on)
        charges = sa.select(Charge.officer_id, Charge.body_id).where(Charge.from_on <= on, lasts)
        pairings = sa.select(Pairing.committee_id, Pairing.body_id)
        return cls(bodies, by_hub, _grouped(charges), _grouped(pairings))

    def person(self, officer: Any) -> Person | None:
        """The officer as a reader; None for one whose rank has no part of its own."""
        scope = self._scope(officer)
        if scope is None:
            return None
        key = f"officer:{officer.id}"
        reads_always = officer.rank in READ_ALL
        return Person(key, officer.name, str(officer.rank), scope, reads_always, self.hub_of(officer))

    def hub_of(self, officer: Any) -> int | None:
        """The hub above his body; for the mayors, and whoever sits at no body, that of the government."""
        body = self.bodies.get(officer.body_id)
        if body is not None and officer.rank not in (Rank.VICE_MAYOR, Rank.MAYOR):
            own: int | None = body.id if body.is_hub else body.hub_id
            return own
        hubs = (row.id for row in self.bodies.values() if row.is_hub and row.branch is Branch.GOVERNMENT)
        return next(hubs, None)

    def _scope(self, officer: Any) -> Scope | None:
        if officer.rank in READ_ALL:
            return {"all": True, "internal": True}
        if officer.rank is Rank.VICE_MAYOR:
            return {"bodies": self.in_charge.get(officer.id, [])}
        if officer.rank is Rank.MAYOR:
            return {"branches": [str(branch) for branch in MAYORS_ARM]}
        body = self.bodies.get(officer.body_id)
        if body is None:
            return None
        if officer.rank in (Rank.VICE_PRESIDENT, Rank.PRESIDENT):
            return {"branches": [str(body.branch)]}
        if body.is_committee:
            return {"bodies": self.paired.get(body.id, []), "key": True}
        return {"bodies": [body.id, *(self.by_hub.get(body.id, []) if body.is_hub else [])], "internal": True}


def scope_of(visitor: Visitor) -> Scope:
    """The part of an issue that a visitor may read on the page."""
    if visitor.role in OFFICE:
        return {"all": True, "internal": True}
    if visitor.role in (Role.LEADER, Role.AUDITOR):
        return {"all": True}
    if visitor.role is Role.DEPUTY:
        return {"deputy": visitor.deputy_id, "internal": True}
    if visitor.role is Role.COMMITTEE:
        paired = paired_with(visitor.body_id)
        return {"bodies": list(db.session.scalars(paired)), "key": True}
    if visitor.role is Role.HUB:
        under = sa.select(Body.id).where(sa.or_(Body.hub_id == visitor.body_id, Body.id == visitor.body_id))
        return {"bodies": list(db.session.scalars(under)), "internal": True}
    return {"bodies": [visitor.body_id] if visitor.role in BODY else [], "internal": True}


def _grouped(wanted: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, value in db.session.execute(wanted):
        found[key].append(value)
    return found


def _officers(congress_id: int, after: int) -> list[Any]:
    wanted = sa.select(Officer.id, Officer.name, Officer.rank, Officer.body_id).where(
        Officer.congress_id == congress_id, Officer.active.is_(True), Officer.id > after
    )
    return list(db.session.execute(wanted.order_by(Officer.id).limit(AT_ONCE)))


def _deputies(congress_id: int, after: int) -> list[Any]:
    wanted = sa.select(Deputy.id, Deputy.name).where(
        Deputy.congress_id == congress_id, Deputy.active.is_(True), Deputy.id > after
    )
    return list(db.session.execute(wanted.order_by(Deputy.id).limit(AT_ONCE)))
