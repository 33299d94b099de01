"""The days between which a light shines are those on which it shines."""

from datetime import date, timedelta

import pytest

from tracker.deadlines.rules import Light, Thresholds, light, spans
from tracker.workdays.seed import chinese_calendar

USUAL = Thresholds(yellow=15, orange=5, purple=10, dissatisfied=2)


@pytest.mark.parametrize(
    "today",
    [date(2026, 3, 12), date(2026, 2, 14), date(2026, 2, 18), date(2026, 10, 10), date(2025, 9, 28), date(2026, 1, 4)],
)
@pytest.mark.parametrize("thresholds", [USUAL, Thresholds(yellow=10, orange=3, purple=0, dissatisfied=2)])
def test_every_last_day_lies_in_the_span_of_its_own_light_only(today, thresholds):
    calendar = chinese_calendar()
    found = spans(today, calendar, thresholds)
    for offset in range(-60, 60):
        due_on = today + timedelta(days=offset)
        shown = light(due_on=due_on, today=today, calendar=calendar, thresholds=thresholds)
        assert [name for name, span in found.items() if span.holds(due_on)] == [shown], due_on


def test_a_light_that_means_an_answer_has_no_span():
    assert Light.BLUE not in spans(date(2026, 3, 12), chinese_calendar(), USUAL)
