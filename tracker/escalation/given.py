"""Rows handed to a statement as one value: it reads the same however many they are, and is prepared once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.database import db

TODAY: Any = sa.bindparam("today", type_=sa.Date)
CONGRESS: Any = sa.bindparam("congress_id", type_=sa.Integer)


def rows(name: str, columns: Sequence[sa.ColumnClause[Any]], dialect: str) -> Any:
    """A table of these columns, read from the value of that name as `value` writes it."""
    given = sa.bindparam(name, type_=sa.Text)
    if dialect == "postgresql":
        each: Any = sa.func.jsonb_array_elements(sa.cast(given, postgresql.JSONB)).table_valued("value")
        cells: list[Any] = [sa.cast(each.c.value.op("->>")(place), one.type) for place, one in enumerate(columns)]
    else:
        each = sa.func.json_each(given).table_valued("value")
        cells = [
            sa.type_coerce(sa.cast(sa.func.json_extract(each.c.value, f"$[{place}]"), _kept_as(one)), one.type)
            for place, one in enumerate(columns)
        ]
    wanted = sa.select(*(cell.label(one.name) for cell, one in zip(cells, columns, strict=True)))
    return wanted.cte(name).prefix_with("MATERIALIZED")  # else SQLite reads the value anew for each row it compares


def value(given: Iterable[Sequence[Any]]) -> str:
    """Rows as `rows` reads them: numbers, words and days."""
    return json.dumps([list(row) for row in given], ensure_ascii=False, default=str)


def _kept_as(column: sa.ColumnClause[Any]) -> type[sa.Integer | sa.Text]:
    """SQLite indexes such a table only by what it knows to be numbers or words; days are words there."""
    return sa.Integer if isinstance(column.type, sa.Integer) else sa.Text


def as_given(day: Any, dialect: str) -> Any:
    """A day of a stored row, to be compared with one that was given."""
    return day if dialect == "postgresql" else sa.type_coerce(sa.cast(day, sa.Text), sa.Date)


def inserting(table: type[Any], columns: Iterable[str], wanted: Any, key: Iterable[str], dialect: str) -> sa.Insert:
    """INSERT … SELECT of what is not there yet."""
    made = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    statement = made.from_select(list(columns), wanted, include_defaults=False)
    return statement.on_conflict_do_nothing(index_elements=list(key))


def dialect() -> str:
    return str(db.session.get_bind().dialect.name)
