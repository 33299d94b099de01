"""The arithmetic of working days (工作日): a calendar, and counting on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

ONE_DAY = timedelta(days=1)
_FRIDAY = 4


class RollOver(StrEnum):
    """Which ends of a period move to the next day that counts."""

    NONE = "none"
    STATUTORY_HOLIDAYS = "statutory_holidays"
    ALL_NON_WORKING_DAYS = "all_non_working_days"


@dataclass(frozen=True)
class Calendar:
    """The days that differ from the plain week, and the years whose arrangement is known.

    `off` are statutory and arranged days off (weekend days inside a holiday too), `worked` the working weekend days
    (调休). Outside both, Monday to Friday are working days; so also in a year that is not known.
    """

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict, hash=False, repr=False)

    def __post_init__(self) -> None:
        if self.off & self.worked:
            raise ValueError("a day cannot be both off and worked")

    @cached_property
    def _off_weekdays(self) -> list[int]:
        return sorted(day.toordinal() for day in self.off if day.weekday() <= _FRIDAY)

    @cached_property
    def _worked_weekends(self) -> list[int]:
        return sorted(day.toordinal() for day in self.worked if day.weekday() > _FRIDAY)

    def count_to(self, ordinal: int) -> int:
        """Working days from the beginning of the era up to and including the day with this ordinal."""
        weeks, rest = divmod(ordinal, 7)  # the day with ordinal 1 is a Monday
        plain = weeks * 5 + min(rest, 5)
        return plain - bisect_right(self._off_weekdays, ordinal) + bisect_right(self._worked_weekends, ordinal)


PLAIN_WEEK = Calendar()


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether offices work on that day."""
    if day in calendar.worked:
        return True
    return day.weekday() <= _FRIDAY and day not in calendar.off


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to and including `end`; the same number, negative, when `end` is the earlier."""
    return calendar.count_to(end.toordinal()) - calendar.count_to(start.toordinal())


def add_working_days(day: date, n: int, calendar: Calendar) -> date:
    """The n-th working day after `day` (which itself is not counted), or before it when n is negative."""
    if n == 0:
        return day
    if n > 0:
        return _first_reaching(calendar.count_to(day.toordinal()) + n, calendar)
    return _first_reaching(calendar.count_to(day.toordinal() - 1) + n + 1, calendar)


def _first_reaching(target: int, calendar: Calendar) -> date:
    """The first day by which `target` working days have passed since the beginning of the era."""
    low = high = target * 7 // 5
    step = 16
    while calendar.count_to(low) >= target:
        low, step = low - step, step * 2
    step = 16
    while calendar.count_to(high) < target:
        high, step = high + step, step * 2
    while high - low > 1:
        middle = (low + high) // 2
        if calendar.count_to(middle) >= target:
            high = middle
        else:
            low = middle
    return date.fromordinal(high)


def roll_forward(day: date, calendar: Calendar, mode: RollOver | str) -> date:
    """Where a period that ends on `day` really ends (民法典 203 by analogy).

    `statutory_holidays`: a last day inside a holiday gives way to the day after the holiday; plain weekends stay.
    `all_non_working_days`: any day off gives way to the next working day. `none`: every day stays.
    """
    mode = RollOver(mode)
    if mode is RollOver.ALL_NON_WORKING_DAYS:
        return day if is_working_day(day, calendar) else add_working_days(day, 1, calendar)
    if mode is RollOver.STATUTORY_HOLIDAYS:
        while day in calendar.off:
            day += ONE_DAY
    return day


def days_from(start: date, end: date) -> list[date]:
    """All calendar days after `start` up to and including `end`."""
    return [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
