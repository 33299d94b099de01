"""The figures of the city: counted once a week as by night, once a year ago; and what two bodies say of theirs."""

from __future__ import annotations

from datetime import date, timedelta

from tracker import clock
from tracker.demo.settling import Town
from tracker.figures import jobs, statements

WEEKS, YEAR = timedelta(weeks=4), timedelta(days=370)
SAID = {
    "市住建局": "我局承办件数居各单位前列，今年有六件涉及跨区管网改造，须待汛期后施工，已向代表逐件说明并报告进度。",
    "市水利局": "两件逾期件系等待省级规划批复所致，批复到后十个工作日内补充答复。",
}


class Counts:
    """Rings the count of figures on the days of the diary."""

    def __init__(self, until: date) -> None:
        self.until = until
        self.last_on: date | None = None

    def end_of_day(self, day: date) -> None:
        left = self.until - day
        first_ever = self.last_on is None and left <= YEAR
        weekly = left < WEEKS and (self.last_on is None or day - self.last_on >= timedelta(days=7))
        if first_ever or weekly:
            jobs.count_figures(day)
            self.last_on = day


def say(town: Town, on: date) -> None:
    """Two bodies write what their figures do not show, the one a second time."""
    for name, text in SAID.items():
        body = town.bodies[name]
        by = town.handler(body)
        if name == "市水利局":
            statements.state(body, "两件逾期件系等待省级规划批复所致。", by=by, on=on, at=clock.now())
        statements.state(body, text, by=by, on=on, at=clock.now())
