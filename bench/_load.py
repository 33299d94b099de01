"""Rows written in bulk: by COPY on PostgreSQL, many at once on SQLite; how far it is, is told on the way."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
import sqlalchemy as sa

from tracker.database import Base, db, take_stock

TELL_SECONDS = 10


def insert(name: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows that all name the same columns. What they name is there: PostgreSQL need not look it up again."""
    table, rows = Base.metadata.tables[name], list(rows)
    if not rows:
        return
    if db.engine.dialect.name != "postgresql":
        db.session.execute(sa.insert(table), rows)
        return
    named = [*rows[0], *(one.name for one in table.columns if one.name not in rows[0] and _has_default(one))]
    cells = [_cell(table.columns[one]) for one in named]
    raw: Any = db.session.connection().connection.driver_connection
    quoted = psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, named))
    said = psycopg.sql.SQL("COPY {} ({}) FROM STDIN").format(psycopg.sql.Identifier(name), quoted)
    with raw.cursor() as cursor, cursor.copy(said) as copy:
        for row in rows:
            copy.write_row([cell(row) for cell in cells])


def trusted() -> None:
    """In this transaction PostgreSQL checks no foreign keys, if its administrator asks (a temporary server's does)."""
    if db.engine.dialect.name == "postgresql" and db.session.scalar(
        sa.text("SELECT usesuper FROM pg_user WHERE usename = current_user")
    ):
        db.session.execute(sa.text("SET LOCAL session_replication_role = replica"))


def loaded() -> None:
    """After the last row: numbers go on behind those given, and all is counted as the database does by night."""
    if db.engine.dialect.name == "postgresql":
        for table in Base.metadata.tables.values():
            if "id" in table.columns and (named := _sequence(table.name)):
                last = f"SELECT setval('{named}', max(id)) FROM \"{table.name}\" HAVING max(id) IS NOT NULL"  # nosec B608
                db.session.execute(sa.text(last))
        db.session.commit()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze")
    take_stock()


def megabytes() -> int:
    """What the database takes on the disk."""
    on_postgresql = "SELECT pg_database_size(current_database())"
    on_sqlite = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    said = on_postgresql if db.engine.dialect.name == "postgresql" else on_sqlite
    return round(db.session.execute(sa.text(said)).scalar_one() / 2**20)


class Progress:
    """Says every few seconds how many of all are written."""

    def __init__(self, of: int) -> None:
        self.of, self.began = of, time.monotonic()
        self.told = self.began

    def at(self, number: int) -> None:
        now = time.monotonic()
        if now - self.told >= TELL_SECONDS:
            self.told = now
            each = number / (now - self.began)
            left = (self.of - number) / each
            print(f"{number:,} of {self.of:,} written, {left:.0f} s more", file=sys.stderr, flush=True)


def _sequence(table: str) -> str | None:
    found: str | None = db.session.scalar(
        sa.text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": f'"{table}"'}
    )
    return found


def _has_default(column: sa.Column[Any]) -> bool:
    return column.default is not None and (column.default.is_scalar or column.default.is_callable)


def _cell(column: sa.Column[Any]) -> Callable[[dict[str, Any]], Any]:
    """What is written of a row into this column."""
    convert = column.type.dialect_impl(db.engine.dialect).bind_processor(db.engine.dialect) or (lambda value: value)
    name, default = column.name, column.default
    fixed = convert(default.arg) if default is not None and default.is_scalar else None  # type: ignore[attr-defined]
    if default is not None and default.is_callable:
        make = default.arg  # type: ignore[attr-defined]
        return lambda row: convert(row[name] if name in row else make(None))
    return lambda row: convert(row[name]) if name in row else fixed
