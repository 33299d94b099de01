"""The country's calendar and the rule sets, loaded quickly.

The office's own actions load them once for each kind of database; from then on the rows that came of it are laid
down as they stood, which takes a tenth of the time. Marks and instants are the same each time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.deadlines.actions import load_rule_sets
from tracker.workdays import queries as workdays
from tracker.workdays.actions import seed_calendar

NUMBERED = "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT max(id) FROM {0}))"
_kept: dict[tuple[str, str, date], Any] = {}


def load_country(on: date) -> None:
    """The calendar of all years and every rule set that comes with the software, loaded on that day."""
    _load(("loaded_year", "day"), lambda: seed_calendar(by=SYSTEM, on=on), on)
    workdays.forget()
    load_rules(on)


def load_rules(on: date) -> None:
    """Every rule set that comes with the software, without a calendar."""
    _load(("rule_set",), load_rule_sets, on)


def _load(tables: tuple[str, ...], act: Callable[[], int], on: date) -> None:
    """Do the act where the tables are empty; the second time lay down what it left in them."""
    connection = db.session.connection()
    kind, raw = connection.dialect.name, connection.connection.dbapi_connection
    take, lay = (_take_copy, _lay_copy) if kind == "postgresql" else (_take_rows, _lay_rows)
    keys = [(kind, table, on) for table in tables]
    if connection.exec_driver_sql(f"SELECT 1 FROM {tables[0]} LIMIT 1").first():
        act()
    elif keys[0] in _kept:
        for key in keys:
            lay(raw, key[1], _kept[key])
    else:
        with clock.at(on):
            act()
        _kept.update({key: take(raw, key[1]) for key in keys})


def _take_rows(raw: Any, table: str) -> list[tuple[Any, ...]]:
    return raw.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()


def _lay_rows(raw: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _take_copy(raw: Any, table: str) -> bytes:
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copied:
        return b"".join(map(bytes, copied))


def _lay_copy(raw: Any, table: str, rows: bytes) -> None:
    with raw.cursor() as cursor:
        with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copied:
            copied.write(rows)
        cursor.execute(NUMBERED.format(table))
