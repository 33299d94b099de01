"""The rows as they are sealed: the same text for the same row on both databases (docs/trail.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from tracker.audit import verify
from tracker.audit.models import Seal
from tracker.database import Base, db

# Named one by one: a column added later is not sealed by this form, and breaks no seal made before.
SEALED = {
    "entry": (
        "id", "suggestion_id", "assignment_id", "move", "on", "at", "actor_kind", "actor_id", "actor_name", "body_id",
        "on_behalf_of", "facts",
    ),
    "trace": ("id", "at", "act", "actor_kind", "actor_id", "actor_name", "facts"),
}  # fmt: skip
AT_ONCE = 1_000


def rows(name: str, first_id: int = 0, last_id: int | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a table by their numbers, so many in memory at once."""
    table = Base.metadata.tables[name]
    columns = [table.c[one] for one in SEALED[name]]
    while True:
        wanted = sa.select(*columns).where(table.c.id >= first_id).order_by(table.c.id).limit(AT_ONCE)
        if last_id is not None:
            wanted = wanted.where(table.c.id <= last_id)
        found = db.session.execute(wanted).tuples().all()
        for values in found:
            yield _sealed_row(dict(zip(SEALED[name], values, strict=True)))
        if len(found) < AT_ONCE:
            return
        first_id = found[-1][0] + 1


def some(name: str, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """These rows of a table as they are sealed."""
    table = Base.metadata.tables[name]
    wanted = sa.select(*(table.c[one] for one in SEALED[name])).where(table.c.id.in_(list(ids)))
    return {row["id"]: _sealed_row(row) for row in db.session.execute(wanted).mappings()}


def seals() -> Iterator[dict[str, Any]]:
    """The seals in the order they were made; few in memory at once, for each carries the marks of its rows."""
    last = 0
    while some := db.session.scalars(
        sa.select(Seal).where(Seal.id > last).options(undefer(Seal.marks)).order_by(Seal.id).limit(20)
    ).all():
        for seal in some:
            yield {**sealed(seal), "id": seal.id, "digest": seal.digest}
        last = some[-1].id
        for seal in some:
            db.session.expunge(seal)


def sealed(seal: Seal) -> dict[str, Any]:
    """What of a seal its digest is made of."""
    return plain({name: getattr(seal, name) for name in verify.SEALED})


def last_sealed() -> dict[str, int]:
    """The last sealed row of each table."""
    wanted = sa.select(Seal.table_name, sa.func.max(Seal.last_id)).group_by(Seal.table_name)
    return {**dict.fromkeys(SEALED, 0), **dict(db.session.execute(wanted).tuples().all())}


def _sealed_row(row: Any) -> dict[str, Any]:
    return {**plain(row), "facts_digest": verify.digest(verify.canonical(row["facts"]))}


def plain(row: Any) -> dict[str, Any]:
    """A row as it is sealed: days and instants as text."""
    return {name: _as_text(value) for name, value in row.items()}


def _as_text(value: Any) -> Any:
    if isinstance(value, datetime):  # always six digits and UTC, whatever the database keeps
        return value.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    return value.isoformat() if isinstance(value, date) else value
