"""Counting working days, against a plain count day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.workdays.rules import (
    PLAIN_WEEK,
    Calendar,
    add_working_days,
    is_working_day,
    roll_forward,
    working_days_between,
)
from tracker.workdays.seed import chinese_calendar, days_of

CHINA = chinese_calendar()
KNOWN_DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))


def counted_day_by_day(start: date, end: date) -> int:
    if end < start:
        return -counted_day_by_day(end, start)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, CHINA) for day in days)


def added_day_by_day(day: date, n: int) -> date:
    direction = timedelta(days=1 if n > 0 else -1)
    for _ in range(abs(n)):
        day += direction
        while not is_working_day(day, CHINA):
            day += direction
    return day


@given(KNOWN_DAYS, st.integers(-400, 400))
def test_the_working_days_between_two_days_are_those_counted_one_by_one(start, distance):
    end = start + timedelta(days=distance)
    assert working_days_between(start, end, CHINA) == counted_day_by_day(start, end)


@given(KNOWN_DAYS, st.integers(-90, 90))
def test_adding_working_days_arrives_where_stepping_one_by_one_arrives(day, n):
    assert add_working_days(day, n, CHINA) == added_day_by_day(day, n)


@given(KNOWN_DAYS, st.integers(1, 90))
def test_adding_and_counting_agree(day, n):
    assert working_days_between(day, add_working_days(day, n, CHINA), CHINA) == n


def test_a_count_over_all_known_years_is_right_to_the_day():
    assert working_days_between(date(2003, 12, 31), date(2026, 12, 31), CHINA) == counted_day_by_day(
        date(2003, 12, 31), date(2026, 12, 31)
    )


def test_a_make_up_saturday_is_a_working_day():
    assert is_working_day(date(2026, 2, 28), CHINA)
    assert not is_working_day(date(2026, 3, 7), CHINA)


def test_an_arranged_weekday_off_is_not_a_working_day():
    assert not is_working_day(date(2026, 2, 23), CHINA)


def test_a_year_nobody_loaded_knows_only_weekends():
    assert is_working_day(date(2027, 10, 1), CHINA)
    assert not is_working_day(date(2027, 10, 2), CHINA)
    assert 2027 not in CHINA.known_years


def test_a_day_cannot_be_off_and_worked():
    with pytest.raises(ValueError, match="off and worked"):
        Calendar(off=frozenset({date(2026, 1, 4)}), worked=frozenset({date(2026, 1, 4)}))


@pytest.mark.parametrize(
    ("mode", "ends_on"),
    [
        ("none", date(2026, 10, 1)),
        ("statutory_holidays", date(2026, 10, 8)),
        ("all_non_working_days", date(2026, 10, 8)),
    ],
)
def test_an_end_in_a_holiday_rolls_as_the_rule_set_says(mode, ends_on):
    assert roll_forward(date(2026, 10, 1), CHINA, mode) == ends_on


@pytest.mark.parametrize(
    ("mode", "ends_on"),
    [
        ("none", date(2026, 4, 18)),
        ("statutory_holidays", date(2026, 4, 18)),
        ("all_non_working_days", date(2026, 4, 20)),
    ],
)
def test_an_end_on_a_plain_saturday_rolls_only_over_all_non_working_days(mode, ends_on):
    assert roll_forward(date(2026, 4, 18), CHINA, mode) == ends_on


def test_an_unknown_roll_over_is_refused():
    with pytest.raises(ValueError, match="sometimes"):
        roll_forward(date(2026, 4, 18), CHINA, "sometimes")


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-30, 30))
def test_without_any_special_days_five_working_days_are_a_week(day, weeks):
    monday = day - timedelta(days=day.weekday())
    assert add_working_days(monday, 5 * weeks, PLAIN_WEEK) == monday + timedelta(weeks=weeks)


def test_the_six_make_up_days_of_2026_are_known_with_their_holidays():
    worked = {day: name for day, is_worked, name in days_of(2026) if is_worked}
    assert worked == {
        date(2026, 1, 4): "New Year's Day",
        date(2026, 2, 14): "Spring Festival",
        date(2026, 2, 28): "Spring Festival",
        date(2026, 5, 9): "Labour Day",
        date(2026, 9, 20): "National Day",
        date(2026, 10, 10): "National Day",
    }
