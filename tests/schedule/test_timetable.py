"""The timetable as data: its lines can be rung, on the right days, at the right time."""

import inspect
from datetime import UTC, date, datetime

import pytest

from tracker.schedule.scheduler import trigger
from tracker.schedule.timetable import DAYS, TIMETABLE, Job, Slot, called, first_working_day
from tracker.workdays.rules import Calendar

NAMES = [job.name for job in TIMETABLE]


@pytest.fixture(params=TIMETABLE, ids=NAMES)
def job(request):
    return request.param


def test_names_are_names():
    assert len(set(NAMES)) == len(NAMES)


def test_the_jobs_people_rely_on_are_there():
    assert {"raise-alarms", "send-digests", "weekly-bulletin", "send-letters", "follow-promises"} <= set(NAMES)


def test_days_of_the_week_stand_by_name(job):
    days = job.cron.get("day_of_week", "mon").split(",")
    assert set(days) <= set(DAYS)


def test_what_a_line_calls_is_there_and_asks_for_the_day(job):
    assert list(inspect.signature(called(job.does)).parameters)[:1] == ["today"]
    for further in filter(None, (job.preview, job.has_work)):
        assert callable(called(further))


def test_a_lease_is_longer_than_a_run_may_take(job):
    assert job.lease.total_seconds() >= 600


def test_monday_is_monday_and_half_past_six_is_so_on_the_offices_clock():
    line = Job("x", "x", "x:x", {"day_of_week": "mon", "hour": "6", "minute": "30"})
    fires = trigger(line, "Asia/Shanghai").get_next_fire_time(None, datetime(2026, 3, 4, tzinfo=UTC))
    assert fires.astimezone(UTC) == datetime(2026, 3, 8, 22, 30, tzinfo=UTC)
    assert fires.date() == date(2026, 3, 9)
    assert fires.strftime("%A %H:%M") == "Monday 06:30"


@pytest.mark.parametrize(
    ("slot", "name"),
    [(Slot.DAY, "2027-01-02"), (Slot.WEEK, "2026-W53"), (Slot.MINUTE, "2027-01-02T08:05")],
)
def test_a_slot_is_named_after_its_day_week_or_minute(slot, name):
    assert Job("x", "x", "x:x", {}, slot=slot).slot_of(datetime(2027, 1, 2, 8, 5, 59)) == name


def test_a_week_begins_on_its_first_working_day():
    festival = Calendar(
        off=frozenset(date(2026, 2, day) for day in range(15, 24)), worked=frozenset({date(2026, 2, 28)})
    )
    assert first_working_day(date(2026, 3, 4), festival) == date(2026, 3, 2)
    assert first_working_day(date(2026, 2, 26), festival) == date(2026, 2, 24)
    assert first_working_day(date(2026, 2, 18), festival) is None


def test_a_working_weekend_can_be_the_first_day_of_its_week():
    rest = Calendar(off=frozenset(date(2026, 2, day) for day in range(16, 21)), worked=frozenset({date(2026, 2, 21)}))
    assert first_working_day(date(2026, 2, 16), rest) == date(2026, 2, 21)
