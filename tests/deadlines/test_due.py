"""The last day of a period, and the record of how it was made."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.deadlines import library
from tracker.deadlines.clauses import Clause, Kind, Start, Unit
from tracker.deadlines.rules import add_months, due
from tracker.workdays.rules import is_working_day, working_days_between
from tracker.workdays.seed import chinese_calendar

CHINA = chinese_calendar()
ALL = "all_non_working_days"
KNOWN_DAYS = st.dates(date(2004, 1, 1), date(2026, 5, 31))
UNITS = st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS])


def clause(amount: int, unit: Unit | str) -> Clause:
    return Clause(Kind.REPLY, amount, Unit(unit), Start.HAND_OVER, article="19")


def kinds(found) -> list[str]:
    return [step["kind"] for step in found.steps]


def values(found, kind: str) -> dict:
    return next(step["values"] for step in found.steps if step["kind"] == kind)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "ends_on"),
    [
        ("2025-11-30", 3, "m", "2026-02-28"),
        ("2026-01-05", 7, "wd", "2026-01-14"),
        ("2026-02-10", 5, "wd", "2026-02-24"),
        ("2026-07-01", 3, "m", "2026-10-08"),
        ("2026-06-26", 3, "m", "2026-09-28"),
        ("2026-01-18", 3, "m", "2026-04-20"),
        ("2026-01-31", 1, "m", "2026-02-28"),
        ("2026-09-21", 10, "wd", "2026-10-12"),
    ],
)
def test_the_checked_cases_come_out_as_checked(start, amount, unit, ends_on):
    found = due(clause(amount, unit), date.fromisoformat(start), CHINA, ALL)
    assert found.due_on.isoformat() == ends_on
    assert not found.provisional


def test_a_month_without_the_day_ends_on_its_last_day_and_says_so():
    found = due(clause(3, "m"), date(2025, 11, 30), CHINA, ALL)
    assert values(found, "last_day_of_month") == {"on": "2026-02-28", "day": 30}
    assert values(found, "stays_on_make_up_day")["on"] == "2026-02-28"


def test_an_end_in_a_holiday_names_the_holiday_and_keeps_the_day_before_rolling():
    found = due(clause(3, "m"), date(2026, 7, 1), CHINA, ALL)
    assert found.unrolled_on == date(2026, 10, 1)
    assert values(found, "rolled") == {"from_on": "2026-10-01", "to_on": "2026-10-08", "names": ["National Day"]}


def test_where_rules_do_not_roll_the_end_stays_and_says_so():
    found = due(clause(3, "m"), date(2026, 7, 1), CHINA, "none")
    assert found.due_on == found.unrolled_on == date(2026, 10, 1)
    assert values(found, "not_rolled")["mode"] == "none"


def test_a_saturday_rolls_only_where_all_non_working_days_do():
    start = date(2026, 1, 18)
    assert due(clause(3, "m"), start, CHINA, "statutory_holidays").due_on == date(2026, 4, 18)
    assert due(clause(3, "m"), start, CHINA, ALL).due_on == date(2026, 4, 20)


def test_working_days_name_what_was_skipped_and_what_was_made_up():
    found = due(clause(10, "wd"), date(2026, 9, 21), CHINA, ALL)
    skipped = values(found, "skipped")
    assert [day["on"] for day in skipped["days"]] == [
        *(f"2026-09-{day}" for day in (25, 26, 27)),
        *(f"2026-10-0{day}" for day in range(1, 8)),
    ]
    assert skipped["weekend_days"] == 1
    assert values(found, "make_up_days")["days"] == [{"on": "2026-10-10", "name": "National Day"}]


def test_the_first_day_is_not_counted():
    assert due(clause(1, "wd"), date(2026, 1, 5), CHINA, ALL).due_on == date(2026, 1, 6)
    assert due(clause(1, "d"), date(2026, 1, 5), CHINA, ALL).due_on == date(2026, 1, 6)


def test_calendar_days_are_never_read_as_working_days():
    found = due(clause(5, "d"), date(2026, 3, 4), CHINA, ALL)
    assert found.due_on == date(2026, 3, 9)
    assert due(clause(5, "wd"), date(2026, 3, 4), CHINA, ALL).due_on == date(2026, 3, 11)


def test_calendar_days_that_end_on_a_weekend_roll():
    assert due(clause(5, "d"), date(2026, 3, 2), CHINA, ALL).due_on == date(2026, 3, 9)


def test_an_earlier_common_day_holds_and_the_rules_day_is_kept():
    found = due(clause(3, "m"), date(2026, 7, 1), CHINA, ALL, date(2026, 9, 15))
    assert found.due_on == found.unrolled_on == date(2026, 9, 15)
    assert values(found, "fixed_day_first") == {"fixed_on": "2026-09-15", "rule_on": "2026-10-08"}


def test_a_later_common_day_changes_nothing_and_is_mentioned():
    found = due(clause(3, "m"), date(2026, 2, 2), CHINA, ALL, date(2026, 6, 30))
    assert found.due_on == date(2026, 5, 6)
    assert "rule_day_first" in kinds(found)


def test_a_day_in_a_year_without_calendar_is_provisional():
    found = due(clause(3, "m"), date(2026, 11, 2), CHINA, ALL)
    assert found.provisional
    assert values(found, "provisional") == {"years": [2027]}


def test_the_last_known_day_is_not_provisional():
    assert not due(clause(3, "m"), date(2026, 9, 30), CHINA, ALL).provisional


def test_a_promise_ends_on_the_day_the_body_named():
    promise = library.rules("default").clause("promise")
    found = due(promise, date(2026, 3, 2), CHINA, ALL, date(2026, 10, 4))
    assert found.due_on == found.unrolled_on == date(2026, 10, 4)
    assert due(promise, date(2026, 10, 4), CHINA, ALL).due_on == date(2026, 10, 4)


def test_a_deemed_receipt_says_so():
    receipt = Clause(Kind.RETURN, 5, Unit.WORKING_DAYS, Start.RECEIPT, article="19")
    assert "deemed_received" in kinds(due(receipt, date(2026, 3, 5), CHINA, ALL, deemed=True))
    assert "deemed_received" not in kinds(due(receipt, date(2026, 3, 5), CHINA, ALL))


@given(KNOWN_DAYS, st.integers(1, 40), UNITS)
def test_a_later_start_never_ends_earlier(start, amount, unit):
    amount = min(amount, 6) if unit is Unit.MONTHS else amount
    one = due(clause(amount, unit), start, CHINA, ALL)
    next_day = due(clause(amount, unit), start + timedelta(days=1), CHINA, ALL)
    assert one.due_on <= next_day.due_on


@given(KNOWN_DAYS, st.integers(1, 40), UNITS)
def test_a_period_ends_on_a_working_day_not_before_its_unrolled_end(start, amount, unit):
    amount = min(amount, 6) if unit is Unit.MONTHS else amount
    found = due(clause(amount, unit), start, CHINA, ALL)
    assert is_working_day(found.due_on, CHINA)
    assert found.unrolled_on <= found.due_on
    if unit is Unit.WORKING_DAYS:
        assert working_days_between(start, found.due_on, CHINA) == amount


@given(KNOWN_DAYS, st.integers(1, 6), st.integers(0, 200))
def test_a_common_day_never_lengthens(start, months, distance):
    fixed = start + timedelta(days=distance)
    capped = due(clause(months, "m"), start, CHINA, ALL, fixed)
    assert capped.due_on == min(fixed, due(clause(months, "m"), start, CHINA, ALL).due_on)


@pytest.mark.parametrize(
    ("day", "months", "ends_on"),
    [
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_months_cross_the_year(day, months, ends_on):
    assert add_months(day, months) == ends_on
