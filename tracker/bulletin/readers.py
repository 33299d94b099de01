"""Who reads an issue, and which part of it is his: by rank, and by what is under him."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.items import Item, Items, Lines
from tracker.bulletin.rules import FOR_DEPUTIES, SECTIONS
from tracker.database import db
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body, Branch, Charge, Deputy, Officer, Pairing, Rank

OUR_OFFICE = (Rank.OUR_CLERK, Rank.OUR_DIRECTOR, Rank.SECRETARY_GENERAL)
READ_ALL = (*OUR_OFFICE, Rank.DIRECTORS_MEETING)
MAYORS_ARM = (Branch.GOVERNMENT, Branch.ENTERPRISE)
AT_ONCE = 500
Scope = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody an issue may go to."""

    person_key: str
    name: str
    rank: str
    scope: Scope
    reads_always: bool = False


class Parts:
    """The lines of one issue, so arranged that a reader's part is found without looking at the others'.

    It keeps where lines stand, never the lines: some bytes for each.
    """

    def __init__(self, items: Items | Sequence[Item]) -> None:
        self.items = items
        self._sections = bytearray()
        self._internal = bytearray()
        self._assignments = _places()
        self._has_internal = False
        self._by_body: dict[int, array[int]] = defaultdict(_places)
        self._by_branch: dict[str, array[int]] = defaultdict(_places)
        self._by_deputy: dict[int, array[int]] = defaultdict(_places)
        self._key = _places()
        for place, traits in enumerate(_traits(items)):
            self._put(place, traits)

    def _put(self, place: int, traits: Any) -> None:
        section, body_id, branch, deputy_id, key, internal, assignment_id = traits
        self._assignments.append(assignment_id or 0)
        self._sections.append(SECTIONS.index(section))
        self._internal.append(internal)
        self._has_internal = self._has_internal or internal
        if body_id is not None:
            self._by_body[body_id].append(place)
        self._by_branch[branch].append(place)
        if deputy_id is not None and section in FOR_DEPUTIES:
            self._by_deputy[deputy_id].append(place)
        if key:
            self._key.append(place)

    def of(self, scope: Scope) -> Lines:
        """The lines of a scope, in the order of harm."""
        return Lines(self.items, self._chosen(scope))

    def counts(self, scope: Scope) -> dict[str, int]:
        """How many lines of a scope each section has; no line is read for it."""
        counted = Counter(self._sections[place] for place in self._chosen(scope))
        return {SECTIONS[number]: count for number, count in sorted(counted.items())}

    def merged(self, scope: Scope, most: int) -> tuple[list[Item], int]:
        """Each body's part of a suggestion once, under its most harmful section, with the others it stands in (`also`):
        as many as are wanted, and how many there are beside.
        """
        first: dict[int, list[int]] = {}
        others: set[int] = set()
        for place in self._chosen(scope):
            thing = self._assignments[place] or -1 - place
            if thing in first:
                first[thing].append(place)
            elif len(first) < most:
                first[thing] = [place]
            else:
                others.add(thing)
        lines = Lines(self.items, [places[0] for places in first.values()])
        return [{**line, "also": self._also(places)} for line, places in zip(lines, first.values(), strict=True)], len(
            others
        )

    def _also(self, places: list[int]) -> list[str]:
        numbers = dict.fromkeys(self._sections[place] for place in places)
        return [SECTIONS[number] for number in list(numbers)[1:]]

    def of_section(self, scope: Scope, section: str) -> Lines:
        number = SECTIONS.index(section)
        return Lines(self.items, [place for place in self._chosen(scope) if self._sections[place] == number])

    def _chosen(self, scope: Scope) -> Sequence[int]:
        if "any" in scope:
            return sorted({place for part in scope["any"] for place in self._chosen(part)})
        chosen: Iterable[int]
        if scope.get("all"):
            chosen = range(len(self._sections))
        elif "deputy" in scope:
            chosen = self._by_deputy.get(scope["deputy"], ())
        else:
            places = {place for body in scope.get("bodies", ()) for place in self._by_body.get(body, ())}
            places.update(place for branch in scope.get("branches", ()) for place in self._by_branch.get(branch, ()))
            places.update(self._key if scope.get("key") else ())
            chosen = sorted(places)
        if scope.get("internal", False) or not self._has_internal:
            return chosen if isinstance(chosen, Sequence) else list(chosen)
        return array("I", (place for place in chosen if not self._internal[place]))


def _places() -> array[int]:
    return array("I")


def _traits(items: Items | Sequence[Item]) -> Iterable[Any]:
    if isinstance(items, Items):
        return items.traits()
    names = ("section", "body_id", "branch", "deputy_id", "key", "internal", "assignment_id")
    return (tuple(item[name] for name in names) for item in items)


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
        return Person(key, officer.name, str(officer.rank), scope, reads_always=officer.rank in READ_ALL)

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
        paired = sa.select(Pairing.body_id).where(Pairing.committee_id == visitor.body_id)
        return {"bodies": list(db.session.scalars(paired)), "key": True}
    if visitor.role is Role.HUB:
        under = sa.select(Body.id).where(sa.or_(Body.hub_id == visitor.body_id, Body.id == visitor.body_id))
        return {"bodies": list(db.session.scalars(under)), "internal": True}
    return {"bodies": [visitor.body_id] if visitor.role in BODY else [], "internal": True}


def sees_all(scope: Scope) -> bool:
    """Whether the figures of the whole congress are in a scope."""
    return any(part.get("all") for part in scope.get("any", [scope]))


def is_over(scope: Scope, figure: dict[str, Any]) -> bool:
    """Whether a body's row of the figures belongs to a scope."""
    if "any" in scope:
        return any(is_over(part, figure) for part in scope["any"])
    if scope.get("all"):
        return True
    return figure["body_id"] in scope.get("bodies", ()) or figure["branch"] in scope.get("branches", ())


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
