"""Many rows of one table, written as each driver does it fastest: a stream of rows (COPY) for PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

SHARED = (date, StrEnum, dict, list)


def insert(connection: sa.Connection, columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows that have a cell for each of these columns; what fails is told as SQLAlchemy tells it."""
    dialect: Any = connection.dialect
    found = [(place, one.type.dialect_impl(dialect).bind_processor(dialect)) for place, one in enumerate(columns)]
    converted = [(place, _once(convert)) for place, convert in found if convert is not None]
    cells = [list(row) for row in rows]
    for row in cells:
        for place, convert in converted:
            row[place] = convert(row[place])
    raw: Any = connection.connection.dbapi_connection
    text, cursor = _text(dialect, columns), raw.cursor()
    for hear in connection.engine.dispatch.before_cursor_execute:
        hear(connection, cursor, text, cells, None, True)
    try:
        _send(dialect, cursor, text, cells)
    except dialect.dbapi.Error as wrong:
        raise sa.exc.DBAPIError.instance(text, cells, wrong, dialect.dbapi.Error, dialect=dialect) from wrong
    finally:
        cursor.close()


def _once(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What many rows share, a day, a word or the clause of a clock, is converted once."""
    known: dict[Any, tuple[Any, Any]] = {}

    def converted(value: Any) -> Any:
        if not isinstance(value, SHARED):
            return convert(value)
        key = id(value) if isinstance(value, dict | list) else value
        found = known.get(key)
        if found is None:
            found = known[key] = (value, convert(value))  # kept with it, so that no other gets its id
        return found[1]

    return converted


def _send(dialect: Any, cursor: Any, text: str, cells: Sequence[Sequence[Any]]) -> None:
    if dialect.name != "postgresql":
        cursor.executemany(text, cells)
        return
    with cursor.copy(text) as stream:
        for row in cells:
            stream.write_row(row)


def _text(dialect: Any, columns: Sequence[Any]) -> str:
    quoted = dialect.identifier_preparer
    names = ", ".join(quoted.quote(one.name) for one in columns)
    into = f"{quoted.format_table(columns[0].table)} ({names})"
    if dialect.name == "postgresql":
        return f"COPY {into} FROM STDIN"
    return f"INSERT INTO {into} VALUES ({', '.join('?' * len(columns))})"  # nosec B608 - names of our own tables
