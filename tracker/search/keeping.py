"""The index follows the rows: written in the flush that writes them, so both are saved or neither is."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import PassiveFlag, Session
from sqlalchemy.orm.attributes import get_history

from tracker.database import among, batches, columns, db
from tracker.entities import WRITTEN
from tracker.errors import N_
from tracker.search import kept
from tracker.search.rules import PIECE_BITS, THINGS, Kind, mark, place, places, places_of
from tracker.search.sources import Source
from tracker.stage import Problem

BATCH, READ = 500, 1_000


def begin() -> None:
    """From now on every flush keeps the index in step; said twice, it is done once."""
    if not sa.event.contains(Session, "after_flush", _follow):
        sa.event.listen(Session, "after_flush", _follow)
        WRITTEN.append(_follow_written)


def sources() -> list[Source]:
    """What all stages want found."""
    return [source for offer in current_app.extensions.get("offers", ()) for source in offer.texts]


def differences() -> Iterator[tuple[Kind | None, int, str]]:
    """Every place where the index is not what the rows say: the kind, its number, and the piece of a text due there."""
    covered: list[tuple[int, int]] = []
    for source in sources():
        for congress_id in _congresses(source):
            covered.append(places(congress_id, source.kind, source.kind))
            for first, last, due in _batches(source, congress_id):
                for number in kept.differing(first, last, {at: mark(piece) for at, piece in due.items()}):
                    yield source.kind, number, due.get(number, "")
    for number in _outside(covered):
        yield None, number, ""


def problems() -> Iterator[Problem]:
    """For the doctor: the index says of every text what the text says, and nothing else."""
    wrong: dict[Kind | None, list[int]] = {}
    for kind, number, _piece in differences():
        wrong.setdefault(kind, []).append(number >> PIECE_BITS & THINGS)
    for kind, ids in wrong.items():
        values = {"count": len(ids), "kind": kind.name.lower() if kind is not None else "unknown", "id": ids[0]}
        yield Problem(
            "search", N_("Search and data differ at %(count)s texts (%(kind)s, first number %(id)s)."), values
        )


def mend() -> int:
    """Make the index what the rows say, and its inner order new; how many places were wrong."""
    count = 0
    found = differences()
    while wrong := list(itertools.islice(found, BATCH)):
        kept.erase(db.session, [(number, number) for _kind, number, _piece in wrong])
        kept.write(db.session, [(number, piece) for _kind, number, piece in wrong])
        count += len(wrong)
    kept.renew(db.session)
    return count


def _follow(session: Session, _context: Any) -> None:
    """After a flush, before anything is committed: what was added, changed or removed is indexed anew."""
    new = list(_of(session.new))
    changed = [(source, row) for source, row in _of(session.dirty) if _is_changed(row, source)]
    gone = [
        places_of(one.congress_of(row, session), one.kind, row.id) for one, row in [*changed, *_of(session.deleted)]
    ]
    kept.erase(session, gone)
    kept.write(session, [entry for source, row in [*new, *changed] for entry in _entries(source, row, session)])


def _follow_written(session: Session, rows: Sequence[Any], names: frozenset[str] | None) -> None:
    """The same after rows of one kind were written at once: new ones, or some columns of them."""
    found = [one for one in _watched().get(type(rows[0]), ()) if names is None or names & set(one.columns)]
    if found and names is not None:
        gone = [places_of(one.congress_of(row, session), one.kind, row.id) for one in found for row in rows]
        kept.erase(session, gone)
    if found:
        kept.write(session, [entry for row in rows for one in found for entry in _entries(one, row, session)])


def _of(rows: Iterable[Any]) -> Iterator[tuple[Source, Any]]:
    watched = _watched()
    return ((source, row) for row in rows for source in watched.get(type(row), ()))


def _entries(source: Source, row: Any, session: Session) -> list[Any]:
    values = [getattr(row, name) for name in source.columns]
    return source.entries(row.id, source.congress_of(row, session), values)


def _is_changed(row: Any, source: Source) -> bool:
    return any(get_history(row, name, PassiveFlag.PASSIVE_NO_INITIALIZE).has_changes() for name in source.columns)


def _watched() -> dict[type, list[Source]]:
    watched: dict[type, list[Source]] | None = current_app.extensions.get("search")
    if watched is None:
        watched = {}
        for source in sources():
            watched.setdefault(source.model, []).append(source)
        current_app.extensions["search"] = watched
    return watched


def _congresses(source: Source) -> list[int]:
    rows = source.rows().subquery()
    return list(db.session.scalars(sa.select(rows.c.congress_id).distinct().order_by(rows.c.congress_id)))


def _batches(source: Source, congress_id: int) -> Iterator[tuple[int, int, dict[int, str]]]:
    """The whole room of a kind in a congress, part by part, and the pieces of texts due there.

    The rows are asked for by their numbers, and these are sorted here: SQLite would sort all that is left of the
    congress for every part, or read the whole table for its numbers.
    """
    rows, last = source.rows().subquery(), -1
    ids = sorted(db.session.scalars(sa.select(rows.c.id).where(rows.c.congress_id == congress_id)))
    for some in batches(ids, READ):
        first, last = last + 1, some[-1] if some[-1] < ids[-1] else THINGS
        found = columns(sa.select(rows).where(among(rows.c.id, some)))
        due = dict([entry for row in found for entry in source.entries(row[0], row[1], row[2:])])
        yield place(congress_id, source.kind, first), places_of(congress_id, source.kind, last)[1], due


def _outside(covered: Iterable[tuple[int, int]]) -> Iterator[int]:
    """What stands where nothing should."""
    edge = 0
    for first, last in [*sorted(covered), (2**63 - 1, 0)]:
        if first > edge:
            yield from kept.numbers(db.session, edge, first - 1)
        edge = max(edge, last + 1)
