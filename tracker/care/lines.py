"""Every row of a database as a line of JSON, and back: the same lines from SQLite and from PostgreSQL.

What is read is the schema as it is stored, not as the models say: a database may be of an earlier release. The index
of words is not among it; it is made anew from the texts.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from tracker.care.upgrade import plain_tables

AT_ONCE = 2_000
ENDING = ".jsonl"
NOT_ROWS = frozenset({"alembic_version", "search_words"})
_FOREIGN_KEYS = """
SELECT quote_ident(cl.relname), quote_ident(c.conname), pg_get_constraintdef(c.oid) FROM pg_constraint c
JOIN pg_class cl ON cl.oid = c.conrelid WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace
ORDER BY cl.relname, c.conname
"""


class Way(NamedTuple):
    """How a value goes into JSON and comes back."""

    out: Callable[[Any], Any]
    back: Callable[[Any], Any]


def _instant(value: datetime) -> str:
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()


def _same(value: Any) -> Any:
    return value


WAYS: tuple[tuple[type[sa.types.TypeEngine[Any]], Way], ...] = (
    (sa.DateTime, Way(_instant, datetime.fromisoformat)),
    (sa.Date, Way(date.isoformat, date.fromisoformat)),
    (sa.Time, Way(time.isoformat, time.fromisoformat)),
    (sa.LargeBinary, Way(lambda value: base64.b64encode(value).decode(), base64.b64decode)),
    (sa.JSON, Way(_same, _same)),
    (sa.Boolean, Way(_same, _same)),
    (sa.Integer, Way(_same, _same)),
    (sa.String, Way(_same, _same)),
)


def way_of(column: sa.Column[Any]) -> Way:
    """How the values of a column travel; a kind of column nobody has thought of yet is an error, not a guess."""
    for kind, way in WAYS:
        if isinstance(column.type, kind):
            return way
    raise TypeError(f"{column.table.name}.{column.name}: {column.type!r} has no form in a backup")


def write_lines(connection: sa.Connection, folder: Path) -> dict[str, int]:
    """A file for each table; how many rows each has."""
    return {table.name: _write(connection, table, folder / f"{table.name}{ENDING}") for table in tables(connection)}


def read_lines(connection: sa.Connection, folder: Path) -> None:
    """Bring the lines of a folder into a database of the same schema that holds no row of ours.

    What migrations put into an empty database goes first. Foreign keys rest: rows may point to later ones. On
    PostgreSQL they are taken off and put on again, which looks at every row; on SQLite the caller has them off.

    :raises sqlalchemy.exc.SQLAlchemyError: the lines do not fit the schema.
    """
    there = {table.name: table for table in tables(connection)}
    with _keys_at_rest(connection):
        for table in there.values():
            if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
                connection.execute(sa.delete(table))
        for path in sorted(folder.glob(f"*{ENDING}")):
            _read(connection, there[path.name.removesuffix(ENDING)], path)


def count_lines(connection: sa.Connection) -> dict[str, int]:
    """How many rows each table has that a backup holds."""
    count = sa.func.count()
    return {one.name: connection.scalar(sa.select(count).select_from(one)) or 0 for one in tables(connection)}


def tables(connection: sa.Connection) -> list[sa.Table]:
    """The tables with rows of ours, as they are stored: their columns, and what they are sorted by."""
    names, stored = sorted(plain_tables(connection) - NOT_ROWS), sa.inspect(connection)
    columns, keys = stored.get_multi_columns(filter_names=names), stored.get_multi_pk_constraint(filter_names=names)
    return [_table(name, columns[None, name], keys[None, name]["constrained_columns"], connection) for name in names]


def _table(name: str, columns: Any, key: list[str], connection: sa.Connection) -> sa.Table:
    on_postgresql = connection.dialect.name == "postgresql"
    none_is_null = JSONB(none_as_null=True) if on_postgresql else sa.JSON(none_as_null=True)
    return sa.Table(
        name,
        sa.MetaData(),
        *(
            sa.Column(
                one["name"],
                none_is_null if isinstance(one["type"], sa.JSON) else one["type"],
                primary_key=one["name"] in key,
                nullable=one["nullable"],
            )
            for one in columns
        ),
    )


def _write(connection: sa.Connection, table: sa.Table, path: Path) -> int:
    ways = [(at, way.out) for at, column in enumerate(table.columns) if (way := way_of(column)).out is not _same]
    rows = sa.select(table).order_by(*table.primary_key.columns)
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_line({"columns": list(table.columns.keys()), "last": _last(connection, table)}))
        for row in connection.execution_options(yield_per=AT_ONCE).execute(rows):
            values = list(row)
            for at, out in ways:
                if values[at] is not None:
                    values[at] = out(values[at])
            file.write(_line(values))
            count += 1
    return count


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _read(connection: sa.Connection, table: sa.Table, path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        head = json.loads(file.readline())
        names = head["columns"]
        ways = [(name, way.back) for name in names if (way := way_of(table.columns[name])).back is not _same]
        for some in _batches(file):
            rows = [dict(zip(names, values, strict=True)) for values in some]
            for name, back in ways:
                for row in rows:
                    if row[name] is not None:
                        row[name] = back(row[name])
            connection.execute(sa.insert(table), rows)
    _count_on(connection, table, head["last"])


def _batches(file: Iterator[str]) -> Iterator[list[Any]]:
    some: list[Any] = []
    for line in file:
        some.append(json.loads(line))
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _last(connection: sa.Connection, table: sa.Table) -> int | None:
    """The last number PostgreSQL gave, though its row may be gone; SQLite counts on from the rows."""
    sequence = _sequence(connection, table)
    if not sequence:
        return None
    state: Any = sa.select(sa.column("last_value"), sa.column("is_called")).select_from(sa.text(sequence))
    last, is_called = connection.execute(state).one()
    return last if is_called else None


def _count_on(connection: sa.Connection, table: sa.Table, last: int | None) -> None:
    if sequence := _sequence(connection, table):
        highest = connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
        if number := max(highest, last or 0):
            connection.execute(sa.select(sa.func.setval(sequence, number)))


def _sequence(connection: sa.Connection, table: sa.Table) -> str | None:
    if connection.dialect.name != "postgresql" or "id" not in table.columns:
        return None
    quoted = connection.dialect.identifier_preparer.quote(table.name)
    found: str | None = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(quoted, "id")))
    return found


@contextmanager
def _keys_at_rest(connection: sa.Connection) -> Iterator[None]:
    """Foreign keys of PostgreSQL are off inside, and looked at for every row at the end."""
    keys = connection.exec_driver_sql(_FOREIGN_KEYS).all() if connection.dialect.name == "postgresql" else ()
    for table, name, _definition in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, definition in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
