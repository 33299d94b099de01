"""Whatever zone the server stands in: the same last days, and the day of the office begins where the office is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.deadlines.test_independent import NAMES, STARTS, clause_said, clauses_of, counted, moved
from tracker import clock
from tracker.deadlines import library
from tracker.deadlines.rules import due
from tracker.people.models import Attempt
from tracker.schedule.timetable import JOBS
from tracker.workdays.seed import chinese_calendar

ZONES = ("Asia/Shanghai", "UTC", "America/New_York")
BEFORE, AFTER = datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), datetime(2026, 3, 1, 16, 0, tzinfo=UTC)


@pytest.fixture(params=ZONES, autouse=True)
def zone(request, monkeypatch):
    with monkeypatch.context() as moved_to:
        moved_to.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def test_the_server_stands_there(zone):
    assert BEFORE.astimezone().utcoffset() == BEFORE.astimezone(ZoneInfo(zone)).utcoffset()


def test_every_clause_ends_on_the_same_day():
    calendar, count = chinese_calendar(), 0
    for name in NAMES:
        rules = library.rules(name)
        for kind, said in clauses_of(name).items():
            for start in STARTS[count % 50 :: 50]:
                found = due(clause_said(rules, kind), start, calendar, rules.roll_over)
                assert found.due_on == moved(counted(start, said["amount"], said["unit"])), f"{name} {kind} {start}"
                count += 1
    assert count > 2_000


def test_the_day_changes_at_midnight_where_the_office_is():
    """Also where the server's own midnight is hours away; the week's slot changes with it."""
    for moment, day, week in ((BEFORE, date(2026, 3, 1), "2026-W09"), (AFTER, date(2026, 3, 2), "2026-W10")):
        with clock.at(moment):
            assert clock.today() == day
            assert JOBS["weekly-bulletin"].slot_of(clock.local(clock.now())) == week
            assert JOBS["send-digests"].slot_of(clock.local(clock.now())) == day.isoformat()


def test_a_moment_is_stored_as_it_was(session):
    session.add(Attempt(key="zone", at=BEFORE, failed=True))
    session.commit()
    session.expire_all()
    kept = session.scalar(sa.select(Attempt.at))
    assert kept == BEFORE
    assert kept.utcoffset() is not None
