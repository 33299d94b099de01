"""The bands of days that pictures count in, and the months they look at. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.deadlines.rules import Light

# The worst first: it stands at the foot of a column and at the beginning of a bar.
LIGHTS = (Light.PURPLE, Light.RED, Light.ORANGE, Light.YELLOW, Light.GREEN)
MONTHS_BACK, MONTHS_AHEAD = 12, 12
WEEKS = 26
MOST_BRANCHES = 4  # so many branches have a look of their own; the others share one
MOST_BODIES = 40


@dataclass(frozen=True)
class Band:
    """So many calendar days, the first and the last counted; without a last one it has no end."""

    first: int
    last: int | None

    def holds(self, days: int) -> bool:
        return days >= self.first and (self.last is None or days <= self.last)

    def days_on(self, today: date) -> tuple[date | None, date]:
        """The earliest and the latest day that lie so far back today."""
        earliest = None if self.last is None else today - timedelta(days=self.last)
        return earliest, today - timedelta(days=self.first)


SINCE = (Band(0, 30), Band(31, 60), Band(61, 90), Band(91, 180), Band(181, None))
OVER = (Band(1, 10), Band(11, 30), Band(31, 90), Band(91, None))


def band_of(days: int, bands: Sequence[Band]) -> int | None:
    """The place of the band that holds so many days; None before the first."""
    return next((place for place, band in enumerate(bands) if band.holds(days)), None)


@dataclass(frozen=True, order=True)
class Month:
    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def named(cls, text: str) -> Month | None:
        """A month as addresses write it, e.g. 2026-05; None for anything that is none."""
        try:
            return cls.of(date.fromisoformat(f"{text}-01")) if len(text) == 7 else None
        except ValueError:
            return None

    def after(self, count: int) -> Month:
        years, month = divmod(self.month - 1 + count, 12)
        return Month(self.year + years, month + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.after(1).first - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"


def months_around(today: date, back: int = MONTHS_BACK, ahead: int = MONTHS_AHEAD) -> list[Month]:
    here = Month.of(today)
    return [here.after(number) for number in range(-back, ahead + 1)]
