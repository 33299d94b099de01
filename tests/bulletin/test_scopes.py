"""Parts of an issue put together, weeks without one, and the day and time at which one is made."""

from datetime import date, time

import pytest

from tracker import clock
from tracker.bulletin.parts import Parts, is_over
from tracker.bulletin.rules import issue_day, months_changes, must_be_quiet_weeks, week_after, weeks_between
from tracker.bulletin.scopes import outside, sees_all, united
from tracker.bulletin.sending import Turn
from tracker.errors import RuleBroken
from tracker.workdays.seed import chinese_calendar

ALL = {"all": True, "internal": True}
ROADS, DEPUTY = {"bodies": [1], "internal": True}, {"deputy": 9, "internal": True}


def item(body_id, *, deputy_id=None, internal=False):
    return {
        "body_id": body_id, "branch": "government", "deputy_id": deputy_id, "section": "overdue", "key": False,
        "internal": internal, "assignment_id": body_id,
    }  # fmt: skip


def test_who_reads_all_reads_all_whatever_else_he_reads():
    assert united([ROADS, ALL, DEPUTY]) == ALL


def test_the_same_part_twice_is_one_part():
    assert united([ROADS, dict(ROADS)]) == ROADS


def test_two_parts_beside_each_other_show_each_item_once():
    items = [item(1, deputy_id=9), item(2, deputy_id=9), item(3)]
    both = united([ROADS, DEPUTY, {"any": [ROADS]}])
    assert [one["body_id"] for one in Parts(items).of(both)] == [1, 2]
    assert is_over(both, {"body_id": 1, "branch": "court"})
    assert not sees_all(both)
    assert sees_all(ALL)


def test_outside_the_house_nothing_internal_is_shown():
    items = [item(1), item(1, internal=True)]
    assert len(Parts(items).of(ROADS)) == 2
    for scope in (ROADS, ALL, {"any": [ROADS, DEPUTY]}):
        assert [one["internal"] for one in Parts(items).of(outside(scope))] == [False]


@pytest.mark.parametrize(
    ("week", "working_day", "on"),
    [
        ("2026-W48", 1, date(2026, 11, 23)),
        ("2026-W48", 3, date(2026, 11, 25)),
        ("2026-W15", 1, date(2026, 4, 7)),  # Monday is Tomb-Sweeping Day
        ("2026-W15", 5, date(2026, 4, 10)),  # there are only four: the last
        ("2026-W08", 1, None),  # Spring Festival, all of it
    ],
)
def test_an_issue_is_made_on_the_chosen_working_day(week, working_day, on):
    assert issue_day(week, chinese_calendar(), working_day) == on


def test_it_is_due_from_its_time_on_and_on_every_later_day():
    turn = Turn("2026-W48", date(2026, 11, 23), time(14, 30), None)
    with clock.at(date(2026, 11, 23)):
        assert not turn.is_due(date(2026, 11, 23)), "it is nine in the morning"
    with clock.at(date(2026, 11, 24)):
        assert turn.is_due(date(2026, 11, 24))
        assert not turn.is_due(date(2026, 11, 20))


def test_weeks_follow_each_other_over_the_years_end():
    assert week_after("2026-W53") == "2027-W01"
    assert weeks_between("2026-W52", "2027-W02") == ["2026-W53", "2027-W01"]
    assert weeks_between("2026-W52", "2026-W53") == []


@pytest.mark.parametrize(
    ("first", "last", "reason", "why"),
    [
        ("2026-W32", "2026-W31", "休会", "before the first"),
        ("2026-W31", "2026-W52", "休会", "weeks at once"),
        ("2026-W31", "2026-W33", " ", "Say why"),
        ("2026-31", "2026-W33", "休会", "is not a week"),
    ],
)
def test_weeks_without_an_issue_need_an_order_a_measure_and_a_reason(first, last, reason, why):
    with pytest.raises(RuleBroken, match=why):
        must_be_quiet_weeks(first, last, reason)


def test_a_month_is_compared_with_the_issue_it_began_with():
    assert months_changes({1, 2}, {2, 3, 4}) == {"new": 2, "still": 1, "gone": 1}
