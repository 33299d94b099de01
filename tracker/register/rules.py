"""Between which last days each light shines. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.deadlines.rules import Light, Thresholds
from tracker.workdays.rules import ONE_DAY, Calendar, add_working_days


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both counted; None where there is no end."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def spans(today: date, calendar: Calendar, thresholds: Thresholds) -> dict[Light, Span]:
    """For a clock that still runs: the last days at which each light shines today.

    The same lines as `tracker.deadlines.rules.light` draws, turned round, so that a list is filtered by comparing days
    and nobody counts working days row by row.
    """
    orange = _last_with(thresholds.orange, today, calendar)
    yellow = _last_with(thresholds.yellow, today, calendar)
    red = add_working_days(today + ONE_DAY, -(thresholds.purple + 1), calendar)
    return {
        Light.PURPLE: Span(None, red - ONE_DAY),
        Light.RED: Span(red, today - ONE_DAY),
        Light.ORANGE: Span(today, orange),
        Light.YELLOW: Span(orange + ONE_DAY, yellow),
        Light.GREEN: Span(yellow + ONE_DAY, None),
    }


def _last_with(left: int, today: date, calendar: Calendar) -> date:
    """The latest day before which no more than so many working days are left."""
    return add_working_days(today, left + 1, calendar) - ONE_DAY
