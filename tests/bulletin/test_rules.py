"""Weeks and the order of harm."""

from datetime import date

import pytest

from tracker.bulletin.letters import Bar
from tracker.bulletin.parts import Parts
from tracker.bulletin.rules import (
    first_working_day,
    is_small,
    monday_of,
    seal,
    share,
    some_at_a_time,
    week_of,
)
from tracker.bulletin.tally import Tally
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


def test_of_few_the_counts_alone_are_told():
    assert [is_small(whole) for whole in (0, 9, 10)] == [True, True, False]
    few, many = (Bar({"branch": "court"}, part, whole) for part, whole in ((1, 2), (1, 300)))
    assert (few.share, many.share) == (0, 1)
    assert Bar({"branch": "court"}, 3, 300, longest=6).share == 50


def test_lines_are_counted_as_they_go_by():
    def line(section, weeks=1, done=None, **gone):
        return {"section": section, "weeks": weeks, "done": done or {}, **gone}

    tally = Tally()
    seen = [line("overdue"), line("overdue", 3), line("overdue", 2, {"contact": 1}), line("silent", 2),
            line("gone", was="overdue", why="extended"), line("gone", was="silent", why="heard")]  # fmt: skip
    assert list(tally.counting(seen)) == seen
    changes = tally.changes()
    assert (changes["new"], changes["still"], changes["gone"], changes["extended"]) == (1, 2, 1, 1)
    assert (changes["idle"], changes["longest"]) == (1, 3)
    assert changes["by_section"]["silent"] == {"new": 0, "still": 1, "gone": {"heard": 1}}


def test_some_at_a_time_is_all_of_it():
    assert list(some_at_a_time(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(some_at_a_time((), 2)) == []


def test_a_part_is_found_whoever_asks():
    def line(section, body, deputy, *, key=False, internal=False, assignment=1):
        return {"section": section, "body_id": body, "branch": "court" if body == 3 else "government",
                "deputy_id": deputy, "key": key, "internal": internal, "assignment_id": assignment}  # fmt: skip

    held = [
        line("overdue", 1, 7),
        line("overdue", 2, 8, internal=True, assignment=2),
        line("instruction_overdue", 1, 7, assignment=3),
        line("silent", 1, 7),
        line("silent", 3, 7, key=True),
    ]
    parts = Parts(held)

    def places(scope):
        return [held.index(item) for item in parts.of(scope)]

    assert places({"all": True, "internal": True}) == [0, 1, 2, 3, 4]
    assert places({"all": True}) == [0, 2, 3, 4]
    assert places({"bodies": [1], "key": True}) == [0, 3, 4], "a committee reads no instructions"
    assert places({"deputy": 7, "internal": True}) == [0], "not what bodies owe each other"
    assert places({"any": [{"bodies": [2], "internal": True}, {"branches": ["court"]}]}) == [1, 4]
    assert parts.counts({"all": True}) == {"overdue": 1, "instruction_overdue": 1, "silent": 2}
    merged, others = parts.merged({"bodies": [1]}, 1)
    assert ([item["also"] for item in merged], others) == ([["silent"]], 1)
