"""Weeks and the order of harm."""

from datetime import date

import pytest

from tracker.bulletin.rules import first_working_day, monday_of, seal, share, week_of
from tracker.errors import RuleBroken
from tracker.workdays.rules import PLAIN_WEEK, Calendar
from tracker.workdays.seed import chinese_calendar


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2026, 11, 23), "2026-W48"), (date(2027, 1, 3), "2026-W53"), (date(2025, 12, 29), "2026-W01")],
)
def test_a_day_belongs_to_its_iso_week(day, week):
    assert week_of(day) == week


@pytest.mark.parametrize("week", ["2026-48", "2026-W54", "2026-W00", "W48", "2026-W48x", ""])
def test_a_week_that_is_none_is_refused(week):
    with pytest.raises(RuleBroken, match="is not a week"):
        monday_of(week)


def test_the_issue_is_made_on_the_first_working_day():
    calendar = chinese_calendar()
    assert first_working_day("2026-W48", calendar) == date(2026, 11, 23)
    assert first_working_day("2026-W15", calendar) == date(2026, 4, 7), "Monday the 6th is a holiday"


def test_a_week_without_a_working_day_has_none():
    off = Calendar(off=frozenset(date(2026, 11, 23 + day) for day in range(5)))
    assert first_working_day("2026-W48", off) is None
    assert first_working_day("2026-W48", PLAIN_WEEK) == date(2026, 11, 23)


def test_the_seal_follows_the_content_not_its_order():
    assert seal({"a": 1, "b": [2]}) == seal({"b": [2], "a": 1}) != seal({"a": 1, "b": [3]})


def test_a_share_of_nothing_is_nothing():
    assert (share(1, 3), share(0, 0)) == (33, 0)
