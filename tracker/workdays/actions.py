"""The administrator loads which days count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.workdays import queries, seed
from tracker.workdays.models import VERSION, Day, LoadedYear

LONGEST_SOURCE = 120  # a name of 60 letters beside it still fits the column


def seed_calendar(*, by: Actor, on: date) -> int:
    """Load every national year the installed package knows and the database does not; returns how many years.

    A year that is already loaded stays as it is: the administrator's corrections outlive an upgrade of the package.
    """
    loaded = set(db.session.scalars(sa.select(LoadedYear.year).where(LoadedYear.congress_id.is_(None))))
    missing = sorted(seed.chinese_calendar().known_years - loaded)
    for year in missing:  # all written at once: of a year nobody loaded there is nothing to replace
        _add(year, seed.days_of(year), _origin(seed.SOURCE, by), on, None)
    db.session.flush()
    queries.forget()
    return len(missing)


def load_days(
    year: int,
    days: Iterable[tuple[date, bool, str]],
    *,
    source: str,
    by: Actor,
    on: date,
    congress_id: int | None = None,
) -> int:
    """Replace one year's days (day, whether offices work, name) by these; returns how many days.

    With a congress these are its local days over the national ones. The caller previews and then recounts open
    deadlines (`tracker.deadlines.actions.recount`).

    :raises RuleBroken: a day stands twice or belongs to another year; or the country's year has no day off, which
        would make its dates look certain.
    """
    wanted = sorted(days)
    if congress_id is None and all(working for _, working, _ in wanted):
        raise RuleBroken(N_("The country's days of %(year)d are not known without a single day off."), year=year)
    if len({day for day, _, _ in wanted}) != len(wanted):
        raise RuleBroken(N_("A day stands twice in the calendar of %(year)d."), year=year)
    for day, _, _ in wanted:
        if day.year != year:
            raise RuleBroken(N_("%(day)s is not a day of %(year)d."), day=day.isoformat(), year=year)
    _forget(year, congress_id)
    _add(year, wanted, _origin(source, by), on, congress_id)
    db.session.flush()
    queries.forget()
    return len(wanted)


def _origin(source: str, by: Actor) -> str:
    return source[:LONGEST_SOURCE] if by.id is None else f"{source[:LONGEST_SOURCE]} ({by.name})"


def _add(year: int, days: Iterable[tuple[date, bool, str]], origin: str, on: date, congress_id: int | None) -> None:
    db.session.add(LoadedYear(year=year, congress_id=congress_id, source=origin, loaded_on=on))
    of = {"congress_id": congress_id, "source": origin}
    if rows := [{"day": day, "working": working, "name": name, **of} for day, working, name in days]:
        db.session.execute(sa.insert(Day), rows)  # hundreds of rows that nobody holds: no entity is made of them
    db.session.info.pop(VERSION, None)


def _forget(year: int, congress_id: int | None) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    db.session.execute(
        sa.delete(Day).where(Day.congress_id.is_not_distinct_from(congress_id), Day.day.between(first, last))
    )
    db.session.execute(
        sa.delete(LoadedYear).where(LoadedYear.congress_id.is_not_distinct_from(congress_id), LoadedYear.year == year)
    )
