"""Databases of earlier releases with a row in every table, and what an upgrade makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from tracker.care.lines import tables, way_of
from tracker.care.upgrade import configuration, foreign_keys, guarded
from tracker.database import db, writing
from tracker.enciphered import open_value, place_of

# A clock belongs to exactly one thing, and so does a rung.
ALSO: dict[str, dict[str, Any]] = {"deadline": {"suggestion_id": 1}, "alarm": {"deadline_id": 1}}
VALUES: tuple[tuple[type, Any], ...] = (
    (sa.Boolean, False),
    (sa.Integer, 1),
    (sa.DateTime, datetime(2026, 3, 2, 8, tzinfo=UTC)),
    (sa.Date, date(2026, 3, 2)),
    (sa.Time, time(8)),
    (sa.LargeBinary, b"x"),
    (sa.JSON, {}),
    (sa.String, "x"),
)
Rows = dict[str, list[dict[str, Any]]]


def revisions() -> list[str]:
    """All schemas there ever were, the first one first."""
    scripts = ScriptDirectory.from_config(configuration())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def bring_to(revision: str) -> None:
    """As an upgrade does it: counted before and after, all or nothing."""
    with writing(), guarded(db.engine) as (connection, seen):
        command.upgrade(configuration(connection, seen), revision)


def filled() -> Rows:
    """Every row of every table as a backup writes it, after one was put into each that had none.

    The numbers are all 1, so that they point to each other.
    """
    db.session.remove()
    with writing(), db.engine.connect() as connection:
        foreign_keys(connection, on=False)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("set local session_replication_role = replica")
            found = {table.name: _filled(connection, table) for table in tables(connection)}
        foreign_keys(connection, on=True)
    return found


def _filled(connection: sa.Connection, table: sa.Table) -> list[dict[str, Any]]:
    wanted = sa.select(table)
    if not (rows := connection.execute(wanted).all()):
        connection.execute(table.insert().values(**a_row(table)))
        rows = connection.execute(wanted).all()
    ways = [(column.name, way_of(column).out) for column in table.columns]
    keys = [column.name for column in table.primary_key]
    found = [dict(zip([name for name, _out in ways], row, strict=True)) for row in rows]
    return [
        {name: None if row[name] is None else out(_readable(table.name, name, keys, row)) for name, out in ways}
        for row in found
    ]


def _readable(table: str, name: str, keys: list[str], row: dict[str, Any]) -> Any:
    """What is enciphered says the same as before."""
    return open_value(place_of(table, name, [row[key] for key in keys]), row[name])


def a_row(table: sa.Table) -> dict[str, Any]:
    row = {column.name: value(column) for column in table.columns if not column.nullable}
    return row | ALSO.get(table.name, {})


def value(column: sa.Column[Any]) -> Any:
    return next(found for kind, found in VALUES if isinstance(column.type, kind))


def differences(before: Rows, after: Rows) -> Iterator[str]:
    """Where a row that was there is another now, in what both schemas can say; further rows are none."""
    for name, rows in before.items():
        if name not in after:
            yield f"{name} is gone"
            continue
        shared = set(rows[0]) & set(after[name][0]) if rows and after[name] else set()
        now = [{key: row[key] for key in shared} for row in after[name]]
        if any({key: row[key] for key in shared} not in now for row in rows):
            yield name
