"""The calendar as the database keeps it."""

from datetime import date

import pytest
import sqlalchemy as sa

from tracker.actor import SYSTEM
from tracker.errors import RuleBroken
from tracker.structure.models import Congress, Level
from tracker.workdays import queries
from tracker.workdays.actions import load_days, seed_calendar
from tracker.workdays.models import Day
from tracker.workdays.seed import chinese_calendar

TODAY = date(2026, 1, 5)


@pytest.fixture
def congress(session):
    made = Congress(name="临江市人民代表大会", level=Level.CITY, rules_name="default")
    session.add(made)
    session.flush()
    return made


def test_the_seeded_calendar_is_the_packages(session):
    assert seed_calendar(by=SYSTEM, on=TODAY) == 23
    seeded = queries.calendar()
    assert seeded == chinese_calendar()
    assert seeded.names[date(2026, 10, 1)] == "National Day"


def test_seeding_twice_adds_nothing(session):
    seed_calendar(by=SYSTEM, on=TODAY)
    assert seed_calendar(by=SYSTEM, on=TODAY) == 0


def test_a_calendar_asked_for_again_is_the_same_object(session):
    seed_calendar(by=SYSTEM, on=TODAY)
    assert queries.calendar() is queries.calendar()


def test_a_change_is_seen_at_once_however_it_was_made(session):
    seed_calendar(by=SYSTEM, on=TODAY)
    before = queries.calendar()
    day = session.scalar(sa.select(Day).where(Day.day == date(2026, 10, 1)))
    day.working = True
    session.flush()
    assert date(2026, 10, 1) in before.off
    assert date(2026, 10, 1) in queries.calendar().worked


def test_a_change_rolled_back_leaves_no_trace_in_the_kept_calendar(session):
    seed_calendar(by=SYSTEM, on=TODAY)
    session.commit()
    load_days(2027, [(date(2027, 1, 1), False, "New Year's Day")], source="draft", by=SYSTEM, on=TODAY)
    assert 2027 in queries.calendar().known_years
    session.rollback()
    assert 2027 not in queries.calendar().known_years
    load_days(2027, [(date(2027, 1, 4), False, "New Year's Day")], source="notice", by=SYSTEM, on=TODAY)
    assert date(2027, 1, 4) in queries.calendar().off
    assert date(2027, 1, 1) not in queries.calendar().off


def test_loading_a_year_again_replaces_it(session):
    load_days(2027, [(date(2027, 1, 1), False, "New Year's Day")], source="draft", by=SYSTEM, on=TODAY)
    load_days(2027, [(date(2027, 1, 4), False, "New Year's Day")], source="notice", by=SYSTEM, on=TODAY)
    assert [day.day for day in queries.days_of(2027)] == [date(2027, 1, 4)]
    assert queries.loaded_years() == [2027]


def test_a_local_day_holds_for_its_congress_only_and_wins_there(session, congress):
    seed_calendar(by=SYSTEM, on=TODAY)
    local = [(date(2026, 4, 20), False, "三月三"), (date(2026, 10, 7), True, "本地上班")]
    load_days(2026, local, source="local", by=SYSTEM, on=TODAY, congress_id=congress.id)
    here, elsewhere = queries.calendar(congress.id), queries.calendar()
    assert date(2026, 4, 20) in here.off
    assert date(2026, 10, 7) in here.worked
    assert date(2026, 4, 20) not in elsewhere.off
    assert date(2026, 10, 7) in elsewhere.off


def test_local_days_do_not_make_a_year_known(session, congress):
    load_days(2027, [(date(2027, 4, 9), False, "三月三")], source="local", by=SYSTEM, on=TODAY, congress_id=congress.id)
    assert 2027 not in queries.calendar(congress.id).known_years


def test_a_day_of_another_year_is_refused(session):
    with pytest.raises(RuleBroken, match="not a day of 2027"):
        load_days(2027, [(date(2026, 1, 1), False, "New Year's Day")], source="slip", by=SYSTEM, on=TODAY)


def test_a_day_given_twice_is_refused(session):
    twice = [(date(2027, 1, 1), False, "New Year's Day"), (date(2027, 1, 1), True, "New Year's Day")]
    with pytest.raises(RuleBroken, match="twice"):
        load_days(2027, twice, source="slip", by=SYSTEM, on=TODAY)
