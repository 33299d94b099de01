"""The city's diary: what happens on which day, done in the order of the days with the clock moved."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from tracker import clock
from tracker.workdays.rules import Calendar, is_working_day

Happening = Callable[[date], None]
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Diary:
    """Acts waiting for their day; an act may write further ones into the diary."""

    def __init__(self, calendar: Calendar, *, until: date) -> None:
        self.calendar = calendar
        self.until = until
        self._acts: list[tuple[date, int, Happening]] = []
        self._turn = count()

    def write(self, day: date, act: Happening) -> None:
        """An act on a working day, or the next one; what would lie after the end never happens."""
        while not is_working_day(day, self.calendar):
            day += timedelta(days=1)
        if day <= self.until:
            heapq.heappush(self._acts, (day, next(self._turn), act))

    def play(self, *every_day: Happening) -> int:
        """Do everything, day by day; `every_day` are called at the end of each day on which something happened."""
        done = 0
        while self._acts:
            day = self._acts[0][0]
            with clock.at(datetime.combine(day, time(9, 30), tzinfo=SHANGHAI)):
                while self._acts and self._acts[0][0] == day:
                    heapq.heappop(self._acts)[2](day)
                    done += 1
                for each in every_day:
                    each(day)
        return done
