"""Points in the fictitious city: its scheme after one of the examples, last year's assessment finished."""

from __future__ import annotations

from datetime import date

from tracker.demo.settling import Town
from tracker.figures import tables
from tracker.reports import actions, library, queries
from tracker.reports.rules import How

REASON = "查阅台账和会议记录"


def assess(town: Town, day: date) -> None:
    """Last year's suggestions, from the count of the day."""
    congress_id = town.congress.id
    scheme = actions.choose_scheme(congress_id, library.example("hulunbuir"), by=town.clerk, on=day)
    period = tables.year(day.year - 1)
    made = actions.begin(congress_id, f"{day.year - 1}年度代表建议办理工作考核", period, by=town.clerk, on=day)
    made.scheme = scheme
    for number, one in enumerate(queries.assessed(made)):
        for score in one.scores:
            if score.item.how is How.HAND:
                points = str(score.item.points - number % 3)
                actions.give(made, one.body.id, score.item, points, REASON, by=town.clerk, on=day)
    actions.finish(made, by=town.clerk, on=day)
