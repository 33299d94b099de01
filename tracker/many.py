"""Many rows written at once, where the session would write them one by one; the rules are asked before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from tracker.database import batches, db
from tracker.entities import change


def write_all(model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Many rows that nobody asks for by name, written at once and in their order; what waits of the same kind first."""
    session = db.session()
    if any(isinstance(one, model) for one in session.new):
        session.flush()
    for some in batches(rows, 1_000):
        session.execute(sa.insert(model.__table__), list(some))


def add_all(rows: Sequence[Any]) -> None:
    """New rows of one kind, written together by the next flush.

    SQLite cannot tell many new rows their numbers at once, and so they would be written one by one. It has one writer,
    which is us, and would give each the next number: we do.
    """
    session = db.session()
    if len(rows) > 1 and session.connection().dialect.name == "sqlite":
        _number(rows, session)
    session.add_all(rows)


def _number(rows: Sequence[Any], session: Session) -> None:
    model = type(rows[0])
    if any(isinstance(one, model) for one in session.new):
        return
    with session.no_autoflush:
        last = session.scalar(sa.select(sa.func.max(model.id))) or 0
    for number, row in enumerate(rows, start=last + 1):
        row.id = number


def change_all(rows: Sequence[Any], changes: Sequence[Mapping[str, Any]]) -> None:
    """The same columns of many rows of one kind are changed; of a single one as `change` does.

    As the session does it, what has a version is changed only if nobody else changed it meanwhile.
    """
    if len(rows) == 1:
        change(rows[0], **changes[0])
    elif rows:
        _change(rows, changes)


def _change(rows: Sequence[Any], changes: Sequence[Mapping[str, Any]]) -> None:
    table, is_versioned = type(rows[0]).__table__, type(rows[0]).__mapper__.version_id_col is not None
    new = (
        [{**to, "version": row.version + 1} for row, to in zip(rows, changes, strict=True)] if is_versioned else changes
    )
    which = {"this": "id"} | ({"seen": "version"} if is_versioned else {})
    step = sa.update(table).where(*(table.c[name] == sa.bindparam(asked) for asked, name in which.items()))
    step = step.values({name: sa.bindparam(f"new_{name}") for name in new[0]})
    asked = [
        {asked: getattr(row, name) for asked, name in which.items()}
        | {f"new_{name}": value for name, value in one.items()}
        for row, one in zip(rows, new, strict=True)
    ]
    found: Any = db.session.execute(step, asked)
    if found.rowcount != len(rows):
        raise StaleDataError(f"{len(rows)} rows of {table.name} were to be changed, {found.rowcount} were there")
    for row, one in zip(rows, new, strict=True):
        for name, value in one.items():
            set_committed_value(row, name, value)
    db.session()._register_altered({sa.inspect(row) for row in rows})  # expired with what a savepoint takes back
