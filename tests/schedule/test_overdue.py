"""What has not happened is said: on the timetable's page, on the desk, by the doctor; and clocks that change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.schedule import bells
from tests.small_city import small_city
from tracker import clock
from tracker.mail.models import Letter
from tracker.mail.outbox import Addressee, post
from tracker.roles import Role
from tracker.schedule import claims, queries, ring
from tracker.schedule.scheduler import next_ring
from tracker.schedule.timetable import JOBS, TIMETABLE, Job, Slot
from tracker.workdays.models import Day
from tracker.workdays.rules import Calendar

WORKING_SATURDAY = Calendar(off=frozenset(date(2026, 10, day) for day in range(1, 9)), worked=frozenset())
BULLETIN = JOBS["weekly-bulletin"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        ("2026-03-02T11:59", "2026-W09"),  # Monday: until noon the week before is the last that should be done
        ("2026-03-02T12:00", "2026-W10"),
        ("2026-03-08T23:00", "2026-W10"),
        ("2026-10-05T15:00", "2026-W40"),  # a Monday of the holiday
        ("2026-10-09T11:00", "2026-W40"),  # a Friday, the first working day of its week
        ("2026-10-09T12:00", "2026-W41"),
    ],
)
def test_the_week_is_late_at_noon_of_its_first_working_day(moment, slot):
    assert BULLETIN.overdue_slot(at(moment), WORKING_SATURDAY) == slot


def test_the_next_bell_of_the_week_is_its_first_working_day():
    with clock.at(at("2026-10-02T10:00")):
        assert next_ring(BULLETIN, "Asia/Shanghai", WORKING_SATURDAY) == at("2026-10-09T08:00")


def test_a_make_up_sunday_does_not_take_the_mondays_bulletin_away():
    made_up = Calendar(off=frozenset(), worked=frozenset({date(2026, 10, 11)}))
    assert BULLETIN.overdue_slot(at("2026-10-11T23:00"), made_up) == "2026-W41"
    with clock.at(at("2026-10-11T23:00")):
        assert next_ring(BULLETIN, "Asia/Shanghai", made_up) == at("2026-10-12T08:00")


def test_the_hour_that_comes_twice_has_twice_its_minutes():
    job, york = Job("x", "x", "x:x", {}, slot=Slot.MINUTE), ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC).astimezone(york)
    again = datetime(2026, 11, 1, 6, 30, tzinfo=UTC).astimezone(york)
    assert (job.slot_of(first), job.slot_of(again)) == ("2026-11-01T01:30", "2026-11-01T01:30/2")


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])  # spring and autumn in New York
def test_a_bell_in_the_hour_that_is_missing_or_doubled_rings_once(session, day):
    night = Job("bell", "Ring", "tests.schedule.bells:ring_it", {"hour": "2", "minute": "30"})
    clock.keep_zone("America/New_York")
    try:
        begins = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        JOBS["bell"] = night
        for quarter in range(24 * 4):
            now = begins + timedelta(minutes=15 * quarter)
            local = clock.local(now)
            if local.time() >= night.rings_at() and local.date() == day:
                with clock.at(now):
                    ring.run("bell")
    finally:
        clock.keep_zone("Asia/Shanghai")
    assert bells.rung == [day]


def test_a_clock_set_back_does_not_keep_letters_waiting(session, app, mail_sink):
    app.config["SMTP_URL"] = mail_sink.url
    to = Addressee("officer:1", "Officer 1", "officer1@bureau.example", "en")
    for hour in ("08:00", "09:00"):
        with clock.at(at(f"2026-03-02T{hour}")):
            post("trial", to, key=hour, at=clock.now(), title="Bell", text="")
            session.commit()
            assert ring.run("send-letters").ran
    with clock.at(at("2026-03-02T08:00")):  # set back by an hour, in a minute that is done already
        post("trial", to, key="third", at=clock.now(), title="Bell", text="")
        session.commit()
        assert ring.run("send-letters").ran
    assert len(mail_sink.letters) == session.query(Letter).count() == 3


def test_a_day_done_is_done_though_the_clock_be_set_back(session):
    with clock.at(at("2026-03-02T09:00")):
        ring.run("bell")
    with clock.at(at("2026-03-02T06:31")):
        assert ring.run("bell").why == "done"


def test_a_lease_written_by_a_clock_that_was_wrong_binds_nobody(session):
    with clock.at(at("2026-03-04T08:00")):
        assert claims.claim("week-bell", "2026-W10", at=clock.now(), lease=timedelta(minutes=30))
    with clock.at(at("2026-03-02T08:00")):
        assert [problem.kind for problem in queries.problems()] == ["clock_behind"]
        session.rollback()
        assert ring.run("week-bell").ran


def test_the_week_rings_again_for_a_congress_whose_week_begins_later(session):
    city = small_city()
    other = type(city.congress)(name="另一市", level=city.congress.level, rules_name="default")
    session.add(other)
    session.flush()
    session.add(Day(day=date(2026, 3, 2), working=False, name="festival", source="local", congress_id=city.congress.id))
    session.commit()
    for day in (2, 3, 4):
        with clock.at(date(2026, 3, day)):
            ring.run("week-bell")
            ring.run("week-bell")
    assert bells.rung == [date(2026, 3, 2), date(2026, 3, 3)]


@pytest.fixture
def missed(session, monkeypatch):
    """A city in which the week's bulletin of the 2nd of March was made, and that of the 9th was not."""
    city = small_city()
    monkeypatch.setattr(queries, "TIMETABLE", TIMETABLE)
    with clock.at(at("2026-03-02T08:00")):
        claimed = claims.claim("weekly-bulletin", "2026-W10", at=clock.now(), lease=timedelta(minutes=30))
        claims.finish(claimed, {"letters": 3}, at=clock.now())
    return city


def test_by_noon_the_doctor_says_that_there_is_no_bulletin(session, missed):
    with clock.at(at("2026-03-09T11:59")):
        assert list(queries.problems()) == []
        session.rollback()
    with clock.at(at("2026-03-09T12:00")):
        found = [(problem.kind, problem.values["slot"]) for problem in queries.problems()]
    assert found == [("job_missed", "2026-W11")]


def test_by_noon_office_and_administrator_see_it_on_their_desks(session, missed, reader):
    users = [missed.user(Role.OFFICE_CLERK, deputy_id=None), missed.user(Role.ADMIN)]
    session.commit()
    for hour, is_told in (("11:59", False), ("12:00", True)):
        with clock.at(at(f"2026-03-09T{hour}")):
            for user in users:
                asking = reader.signed_in_as(user)
                assert ("Jobs that have not run" in asking.read("desk.index").text) is is_told
                page = asking.read("schedule.index")
                assert (
                    any("Issue the weekly bulletin" in row and "Has not run" in row for row in page.rows()) is is_told
                )


def test_letters_that_wait_for_hours_and_those_that_reached_nobody_are_on_the_desk(session, reader):
    city = small_city()
    user = city.user(Role.OFFICE_CLERK)
    to = Addressee("deputy:1", "赵甲一", "zhao@d.example", "en")
    with clock.at(at("2026-03-09T08:00")):
        post("trial", to, key="slow", at=clock.now(), title="Slow", text="")
        broken = Addressee("deputy:1", "赵甲一", "zhao@@d", "en")
        post("trial", broken, key="dead", at=clock.now(), title="Dead", text="")
    session.commit()
    with clock.at(at("2026-03-09T11:59")):
        desk = reader.signed_in_as(user).read("desk.index").text
        assert "Letters that have waited for hours" not in desk
        assert "赵甲一: Dead" in desk
        assert "Mails that were not delivered" in desk
    with clock.at(at("2026-03-09T12:01")):
        assert "Letters that have waited for hours" in reader.signed_in_as(user).read("desk.index").text
