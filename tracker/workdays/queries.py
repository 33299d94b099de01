"""The calendar a congress counts by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import columns, db
from tracker.workdays.models import VERSION, Day, LoadedYear
from tracker.workdays.rules import Calendar

_KEPT: dict[int | None, tuple[tuple[Any, ...], Calendar]] = {}


def calendar(congress_id: int | None = None) -> Calendar:
    """The national days with this congress's own days over them.

    Kept in the process, but asked for its version once in each transaction: the sum of random marks changes with every
    inserted, changed or deleted row, whoever wrote it, so a kept calendar is never stale. Who changes days in the same
    transaction calls `forget`.
    """
    version = _version_now(congress_id)
    kept = _KEPT.get(congress_id)
    if kept is None or kept[0] != version:
        kept = _KEPT[congress_id] = (version, _read(congress_id))
    return kept[1]


def days_of(year: int, congress_id: int | None = None) -> list[Day]:
    """The special days of one year that hold for this congress, in order; national and local both."""
    return list(
        db.session.scalars(
            sa.select(Day)
            .where(_holds_for(Day, congress_id), Day.day.between(date(year, 1, 1), date(year, 12, 31)))
            .order_by(Day.day, Day.id)
        )
    )


def loaded_years() -> list[int]:
    """The years whose national arrangement is known."""
    found = sa.select(LoadedYear.year).where(LoadedYear.congress_id.is_(None)).order_by(LoadedYear.year)
    return list(db.session.scalars(found))


def _holds_for(rows: type[Day] | type[LoadedYear], congress_id: int | None) -> sa.ColumnElement[bool]:
    national = rows.congress_id.is_(None)
    return national if congress_id is None else sa.or_(national, rows.congress_id == congress_id)


def forget() -> None:
    """Days were changed in this transaction: ask again."""
    db.session().info.pop(VERSION, None)


def versions(national: bool) -> list[sa.ScalarSelect[int]]:
    """The version in columns, for a statement that is asked anyway: `note_version` then spares the question."""
    whose: Any = None if national else sa.bindparam("congress_id", type_=sa.Integer)

    def of(rows: type[Day] | type[LoadedYear]) -> sa.ScalarSelect[int]:
        marks = sa.func.coalesce(sa.func.sum(rows.mark + 1), 0)  # one more for each row: a mark may be 0
        return sa.select(marks).select_from(rows).where(_holds_for(rows, whose)).scalar_subquery()

    return [of(Day), of(LoadedYear)]


def note_version(congress_id: int | None, version: Iterable[Any]) -> None:
    """This is the version in the present transaction."""
    session = db.session()
    asked: tuple[Any, dict[int | None, Any]] | None = session.info.get(VERSION)
    if asked is None or asked[0] is not session.get_transaction():
        asked = session.info[VERSION] = (session.get_transaction(), {})
    asked[1][congress_id] = tuple(int(one) for one in version)


def _version_now(congress_id: int | None) -> tuple[Any, ...]:
    """The version, asked once in a transaction."""
    session = db.session()
    asked = session.info.get(VERSION)
    if asked is None or asked[0] is not session.get_transaction() or congress_id not in asked[1]:
        note_version(congress_id, columns(_version_asked(congress_id is None), {"congress_id": congress_id}).one())
        asked = session.info[VERSION]
    version: tuple[Any, ...] = asked[1][congress_id]
    return version


@cache
def _version_asked(national: bool) -> sa.Select[Any]:
    return sa.select(*versions(national))


def _read(congress_id: int | None) -> Calendar:
    rows = db.session.execute(
        sa.select(Day.day, Day.working, Day.name)
        .where(_holds_for(Day, congress_id))
        .order_by(Day.congress_id.is_not(None), Day.day)  # a local day is read last and wins over the national one
    ).all()
    working = {day: is_worked for day, is_worked, _ in rows}
    return Calendar(
        off=frozenset(day for day, is_worked in working.items() if not is_worked),
        worked=frozenset(day for day, is_worked in working.items() if is_worked),
        known_years=frozenset(loaded_years()),
        names={day: name for day, _, name in rows},
    )
