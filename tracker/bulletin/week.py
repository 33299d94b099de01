"""What an issue is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tracker.bulletin.rules import SOON_WORKING_DAYS
from tracker.workdays.rules import Calendar, add_working_days, working_days_between


@dataclass(frozen=True)
class Week:
    """One congress, the day an issue is made, since when it tells of changes, and the issue before."""

    congress_id: int
    on: date
    since_on: date
    calendar: Calendar
    last_id: int | None = None
    _over: dict[date, int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def soon_on(self) -> date:
        return add_working_days(self.on, SOON_WORKING_DAYS, self.calendar)

    def over(self, day: date | None) -> int | None:
        """Working days since a last day, less than none before it; nearly all share a few days, each counted once."""
        if day is None:
            return None
        if day not in self._over:
            self._over[day] = working_days_between(day, self.on, self.calendar)
        return self._over[day]
