"""Who is named a reader of an issue: each person once, by his channel, with his part; and who is not, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.bulletin import readers
from tracker.bulletin.models import Issue, Reader, Reading, Rhythm
from tracker.bulletin.parts import Parts
from tracker.bulletin.readers import Person
from tracker.bulletin.scopes import united, width
from tracker.database import db
from tracker.errors import N_
from tracker.mail.outbox import Addressee
from tracker.mail.rules import is_address
from tracker.structure.absence import reached_for
from tracker.structure.models import Channel, Deputy

AT_ONCE = 500
NOTHING, MONTHLY = N_("nothing of his own in this issue"), N_("reads the first issue of each month")


@dataclass(frozen=True)
class Named:
    """A reader as he would be written down, and who reads for him; `why` says why he gets nothing."""

    row: dict[str, Any]
    to: Addressee
    read_by: str
    why: str = ""

    @property
    def reach(self) -> tuple[str, str]:
        """The same for readers who get one letter: one address, or one person."""
        address = (self.to.address or "").strip().lower()
        if self.to.channel == Channel.MAIL and is_address(address):
            return self.to.channel, address
        return self.to.channel, self.read_by


def name(issue: Issue, *, is_months: bool) -> None:
    """Write down everybody with at least one item, and those who read every issue; nobody gets an empty one."""
    parts = Parts(issue.items)
    found = [one for one in everybody(issue, parts, is_months=is_months) if not one.why]
    shared = sharing(found, parts)
    for first in range(0, len(found), AT_ONCE):
        rows = [{**one.row, "issue_id": issue.id} for one in found[first : first + AT_ONCE]]
        db.session.execute(sa.insert(Reader), rows)
    if shared:
        ids = _ids(issue.id, {*shared, *shared.values()})
        pairs = [{"mine": ids[own], "others": ids[other]} for own, other in shared.items()]
        one = sa.update(Reader).where(Reader.id == sa.bindparam("mine")).values(shared_with_id=sa.bindparam("others"))
        db.session.connection().execute(one, pairs)


def everybody(issue: Issue, parts: Parts, *, is_months: bool) -> Iterator[Named]:
    """All people an issue might go to, in the order they are written down; nothing is written."""
    on = issue.issued_on
    monthly: frozenset[str] = frozenset() if is_months else monthly_readers()
    for some in readers.people(issue.congress_id, on):
        to = reached([person.person_key for person in some], on)
        for person in some:
            yield _named(person, to.get(person.person_key), parts, monthly)


def sharing(found: Sequence[Named], parts: Parts) -> dict[str, str]:
    """Of readers reached at one place, who shares whose letter; that reader's part becomes the parts of all of them."""
    by_reach: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for one in found:
        by_reach[one.reach].append(one)
    shared: dict[str, str] = {}
    for together in by_reach.values():
        if len(together) > 1:
            first = max(together, key=lambda one: width(one.row["scope"], one.row["item_count"]))
            scope = united(one.row["scope"] for one in together)
            first.row.update(scope=scope, item_count=len(parts.of(scope)))
            others = (one.row["person_key"] for one in together if one is not first)
            shared.update(dict.fromkeys(others, first.row["person_key"]))
    return shared


def reached(keys: Sequence[str], on: date) -> dict[str, tuple[Addressee, str]]:
    """The people behind the keys with their present address, and who reads: for an absent officer his substitute."""
    found: dict[str, tuple[Addressee, str]] = {}
    numbers: dict[str, list[int]] = {"officer": [], "deputy": []}
    for key in keys:
        kind, _colon, number = key.partition(":")
        numbers[kind].append(int(number))
    for officer_id, who in reached_for(numbers["officer"], on).items():
        to = Addressee(f"officer:{officer_id}", who.name, who.email, who.language, channel=str(who.channel))
        found[to.person_key] = to, f"officer:{who.id}"
    for deputy in db.session.scalars(sa.select(Deputy).where(Deputy.id.in_(numbers["deputy"]), Deputy.active)):
        to = Addressee(f"deputy:{deputy.id}", deputy.name, deputy.email, deputy.language)
        found[to.person_key] = to, to.person_key
    return found


def on_paper(person_key: str, name: str) -> Addressee:
    """One who has left since: his letter stays here, on paper."""
    return Addressee(person_key, name, None, "zh_Hans_CN", Channel.PAPER)


def _named(person: Person, found: tuple[Addressee, str] | None, parts: Parts, monthly: frozenset[str]) -> Named:
    to, read_by = found or (on_paper(person.person_key, person.name), person.person_key)
    count = len(parts.of(person.scope))
    row = {
        "person_key": person.person_key,
        "name": person.name,
        "rank": person.rank,
        "scope": person.scope,
        "item_count": count,
        "channel": str(to.channel),
        "via_body_id": person.hub_id if to.channel == Channel.VIA_HUB else None,
    }
    if person.person_key in monthly:
        return Named(row, to, read_by, MONTHLY)
    return Named(row, to, read_by, "" if count or person.reads_always else NOTHING)


def monthly_readers() -> frozenset[str]:
    """Who reads the first issue of each month only."""
    wanted = sa.select(Reading.officer_id).where(Reading.rhythm == Rhythm.MONTHLY)
    return frozenset(f"officer:{number}" for number in db.session.scalars(wanted))


def _ids(issue_id: int, keys: set[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    ordered = sorted(keys)
    for first in range(0, len(ordered), AT_ONCE):
        some = Reader.person_key.in_(ordered[first : first + AT_ONCE])
        wanted = sa.select(Reader.person_key, Reader.id).where(Reader.issue_id == issue_id, some)
        ids.update((row.person_key, row.id) for row in db.session.execute(wanted))
    return ids
