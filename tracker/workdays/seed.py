"""The State Council's arrangements as the package chinesecalendar carries them; no database needed."""

from __future__ import annotations

from datetime import date
from functools import cache

from chinese_calendar import constants

from tracker.workdays.rules import Calendar

SOURCE = "chinesecalendar"


@cache
def chinese_calendar() -> Calendar:
    """All years the package knows (2004 on), with the English names of the holidays."""
    off, worked = constants.holidays, constants.workdays
    return Calendar(
        off=frozenset(off),
        worked=frozenset(worked),
        known_years=frozenset(day.year for day in off),
        names={**off, **worked},
    )


def days_of(year: int) -> list[tuple[date, bool, str]]:
    """One year's special days: (day, whether offices work, the holiday it belongs to)."""
    calendar = chinese_calendar()
    days = sorted(day for day in calendar.off | calendar.worked if day.year == year)
    return [(day, day in calendar.worked, calendar.names[day]) for day in days]
