"""The rows of a table made ready: what is compared in order, what is too little apart, each number with its whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tracker.figures import rules, tables
from tracker.figures.measure import Measure, Unit, Weak
from tracker.figures.measures import MEASURES
from tracker.figures.models import BodyStatement, Dimension, Reckoning
from tracker.figures.tables import Figures


@dataclass(frozen=True)
class Cell:
    """One number: of how many, in percent where there are enough, or how many days each."""

    measure: str
    number: int
    whole: int | None = None
    percent: int | None = None
    mean: float | None = None

    @property
    def is_bad(self) -> bool:
        """There is some of what there should be none of."""
        return MEASURES[self.measure].weak is Weak.MUCH and self.number > 0


@dataclass(frozen=True)
class Line:
    """One row: its key and name, its numbers, the same number a year before, and what the body says of them."""

    key: str
    name: str
    cells: list[Cell]
    before: Cell | None = None
    is_idle: bool = False
    statement: BodyStatement | None = None


@dataclass
class Table:
    """Compared rows in order, those of too few cases apart, the whole above all."""

    measures: list[Measure]
    whole: Line | None = None
    compared: list[Line] = field(default_factory=list)
    too_few: list[Line] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.compared) + len(self.too_few)

    @property
    def lines(self) -> list[Line]:
        return [*self.compared, *self.too_few]


def cell(row: Figures, measure: Measure) -> Cell:
    """A number as it is read."""
    number = row[measure.key]
    if not measure.of:
        return Cell(measure.key, number)
    share = row.share(measure.key)
    if measure.unit in (Unit.DAYS, Unit.SIGNALS):
        return Cell(measure.key, number, share.whole, mean=round(number / share.whole, 1) if share.whole else None)
    return Cell(measure.key, number, share.whole, share.percent)


def table(
    found: Iterable[Figures],
    measures: Sequence[Measure],
    sort: Measure,
    *,
    names: Mapping[str, str],
    worst_first: bool,
    before: Mapping[str, Figures] | None = None,
    statements: Mapping[int, BodyStatement] | None = None,
) -> Table:
    """The rows of a table in the order of one column."""

    def line(row: Figures) -> Line:
        earlier = (before or {}).get(row.key)
        said = (statements or {}).get(int(row.key)) if statements and row.key.isdecimal() else None
        past = cell(earlier, sort) if earlier else None
        return Line(row.key, names[row.key], [cell(row, one) for one in measures], past, row.is_idle, said)

    rows = sorted(found, key=lambda row: names[row.key])
    made = Table(list(measures))
    if not sort.of:
        ordered = sorted(rows, key=lambda row: row[sort.key], reverse=worst_first)
        made.compared = [line(row) for row in ordered]
        return made
    most = sort.weak is not Weak.LITTLE
    order = rules.ranked(rows, lambda row: row.standing(sort.key), worst_is_most=most, worst_first=worst_first)
    made.compared, made.too_few = [line(row) for row in order.compared], [line(row) for row in order.too_few]
    return made


@dataclass(frozen=True)
class Before:
    """With what a table is compared: a year before, as it was counted then or as it stands in the present count."""

    reckoning: Reckoning
    period: str
    as_of: date | None


def a_year_before(reckoning: Reckoning, period: str) -> Before | None:
    """The same a year before: as counted then, where there was a count; else last year's meetings as they stand now."""
    day = reckoning.on - timedelta(days=365)
    then = tables.latest(reckoning.congress_id, until=day)
    kind, _colon, number = period.partition(":")
    is_year = kind == "year" and number.isascii() and number.isdigit() and len(number) == 4
    last_year = tables.year(int(number) - 1) if is_year else ""
    if kind == "meeting":
        return None
    if then is not None:
        return Before(then, last_year or period, then.on)
    return Before(reckoning, last_year, None) if last_year else None


def rows_before(
    before: Before | None, dimension: Dimension, keys: Collection[str] | None
) -> Mapping[str, Figures] | None:
    """The rows of a year before by their key; None where there is nothing to compare with."""
    if before is None:
        return None
    found = tables.rows(before.reckoning, dimension, period=before.period, keys=keys)
    return {row.key: row for row in found} or None


def texts(one: Cell | None) -> tuple[Any, Any, Any]:
    """A cell in three columns of a file: the number, of how many, in percent or days each."""
    if one is None:
        return "", "", ""
    share = one.percent if one.mean is None else one.mean
    return one.number, "" if one.whole is None else one.whole, "" if share is None else share
