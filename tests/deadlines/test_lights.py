"""Lights and the days the ladder's rungs are reached."""

from datetime import date

import pytest

from tracker.deadlines import library
from tracker.deadlines.rules import Light, light, step_on
from tracker.workdays.rules import add_working_days
from tracker.workdays.seed import chinese_calendar

CHINA = chinese_calendar()
RULES = library.rules("default")
DUE_ON = date(2026, 6, 12)


def shown(working_days_from_due: int, **facts) -> Light:
    today = add_working_days(DUE_ON, working_days_from_due, CHINA)
    return light(due_on=DUE_ON, today=today, calendar=CHINA, thresholds=RULES.lights, **facts)


@pytest.mark.parametrize(
    ("working_days_from_due", "wanted"),
    [
        (-16, Light.GREEN),
        (-15, Light.YELLOW),
        (-6, Light.YELLOW),
        (-5, Light.ORANGE),
        (0, Light.ORANGE),
        (1, Light.RED),
        (10, Light.RED),
        (11, Light.PURPLE),
    ],
)
def test_the_light_changes_at_its_thresholds(working_days_from_due, wanted):
    assert shown(working_days_from_due) is wanted


def test_the_weekend_after_a_friday_is_already_overdue():
    saturday = date(2026, 6, 13)
    assert light(due_on=DUE_ON, today=saturday, calendar=CHINA, thresholds=RULES.lights) is Light.RED


def test_an_answer_is_blue_even_when_it_came_late():
    assert shown(-20, answered=True) is Light.BLUE
    assert shown(30, answered=True) is Light.BLUE


def test_dissatisfied_twice_is_purple_whatever_else():
    assert shown(-20, answered=True, dissatisfied=2) is Light.PURPLE
    assert shown(-20, dissatisfied=1) is Light.GREEN


def test_the_rungs_of_a_late_reply_are_reached_on_working_days():
    due_on = date(2026, 9, 30)
    reached = [step_on(step, due_on, CHINA).isoformat() for step in RULES.ladder("reply", "government")]
    assert reached == ["2026-09-09", "2026-09-22", "2026-10-08", "2026-10-13", "2026-10-20", "2026-11-03"]
