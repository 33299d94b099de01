"""Figures in a text: each with what it is a part of, and a mark that leads to where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tracker.figures.measure import Unit
from tracker.figures.measures import MEASURES

# How each unit is counted on paper, in official Chinese.
COUNTED_IN = {
    Unit.ITEMS: "件",
    Unit.PARTS: "件次",
    Unit.PROMISES: "项",
    Unit.VOICES: "人次",
    Unit.DAYS: "个工作日",
    Unit.SIGNALS: "条",
}


@dataclass(frozen=True)
class Row:
    """One body, branch or subject with its figures; `by` and `key` find the lists behind them."""

    name: str
    by: str
    key: str
    figures: Mapping[str, int]


@dataclass(frozen=True)
class Source:
    """Where a number comes from: its mark, the number, the measure, of what, and the list behind it."""

    mark: int
    value: int
    key: str
    of_whom: str
    address: str


@dataclass
class Cited:
    """Tells figures in words and remembers each as a source; `address` finds the list behind a measure.

    With `marked` each number is followed by its mark 〔n〕, as the annex has it; a clean copy has none.
    """

    marked: bool
    minimum: int  # of fewer cases no percentage is told
    address: Callable[[str, str, str], str]  # of a measure, by what it is told apart, and of which row
    sources: list[Source] = field(default_factory=list)

    def number(self, figures: Mapping[str, int], key: str, of: Row | None = None) -> str:
        """“17件次”."""
        value = figures.get(key, 0)
        return f"{value}{COUNTED_IN[MEASURES[key].unit]}{self._mark(value, key, of)}"

    def share(self, figures: Mapping[str, int], key: str, of: Row | None = None) -> str:
        """“17件次（占20件次的85.0%）”; of nothing no share is told."""
        whole_key = MEASURES[key].of
        part, whole = figures.get(key, 0), figures.get(whole_key, 0)
        told = self.number(figures, key, of)
        if not whole_key or not whole:
            return told
        unit = COUNTED_IN[MEASURES[whole_key].unit]
        return f"{told}（{of_whole(part, whole, unit, self.minimum)}）"

    def _mark(self, value: int, key: str, of: Row | None) -> str:
        of_whom = of.name if of else "全部"
        known = next((one for one in self.sources if (one.key, one.of_whom) == (key, of_whom)), None)
        if known is None:
            address = self.address(key, of.by if of else "whole", of.key if of else "")
            known = Source(len(self.sources) + 1, value, key, of_whom, address)
            self.sources.append(known)
        return f"〔{known.mark}〕" if self.marked else ""


def of_whole(part: int, whole: int, unit: str, minimum: int) -> str:
    """“占20件次的85.0%”; of too few cases “共3件次”, without a percentage."""
    return f"占{whole}{unit}的{percent(part, whole)}" if whole >= minimum else f"共{whole}{unit}"


def fraction(part: int, whole: int, minimum: int) -> str:
    """“17/20 85.0%” in a table; of too few no percentage, and of nothing a dash, which is neither good nor bad."""
    if not whole:
        return "—"
    return f"{part}/{whole} {percent(part, whole)}" if whole >= minimum else f"{part}/{whole}"


def percent(part: int, whole: int) -> str:
    """“85.0%”, rounded half up to a tenth; a hundred and none are told only where it is all or nothing."""
    tenths = (part * 2000 + whole) // (whole * 2)
    if 0 < part < whole:
        tenths = min(999, max(1, tenths))
    return f"{tenths / 10:.1f}%"
