"""Ringing: once per slot whoever rings, again after a failure or a death, nothing left by a rehearsal."""

import threading
from datetime import date, datetime, timedelta

import pytest

from tests.schedule import bells
from tracker import clock
from tracker.database import db
from tracker.mail.models import Letter
from tracker.schedule import claims, queries, ring
from tracker.schedule.models import JobRun

MONDAY = date(2026, 3, 2)
LEASE = timedelta(minutes=30)


def test_a_slot_is_rung_once(session, stopped_clock):
    stopped_clock(MONDAY)
    first, second = ring.run("bell"), ring.run("bell", by_hand=True)
    assert (first.ran, first.slot, first.letters, first.rows) == (True, "2026-03-02", 1, 1)
    assert (second.ran, second.why) == (False, "done")
    assert bells.rung == [MONDAY]


def test_the_next_day_is_another_slot_and_the_clock_set_back_is_not(session):
    for day in (MONDAY, MONDAY + timedelta(days=1), MONDAY):
        with clock.at(day):
            ring.run("bell")
    assert bells.rung == [MONDAY, MONDAY + timedelta(days=1)]


def test_of_four_who_ring_at_once_one_does_it(app):
    start = threading.Barrier(4)
    found = []

    def pull():
        with app.app_context(), clock.at(MONDAY):
            start.wait(20)
            found.append(ring.run("bell").ran)

    ringers = [threading.Thread(target=pull) for _ in range(4)]
    for ringer in ringers:
        ringer.start()
    for ringer in ringers:
        ringer.join(60)
    assert sorted(found) == [False, False, False, True]
    assert bells.rung == [MONDAY]


def test_a_failure_is_written_down_and_the_slot_is_free_again(session, stopped_clock):
    stopped_clock(MONDAY)
    bells.wrong.append("no ink")
    failed = ring.run("bell")
    assert (failed.ran, failed.why, failed.error) == (False, "failed", "RuntimeError: no ink")
    assert claims.find("bell", "2026-03-02").error == "RuntimeError: no ink"
    assert [problem.kind for problem in queries.problems()] == ["job_failed"]
    session.rollback()
    bells.wrong.clear()
    assert ring.run("bell").ran
    assert list(queries.problems()) == []


def test_who_died_is_replaced_when_his_lease_has_ended(session):
    now = datetime.fromisoformat("2026-03-02T08:00:00+08:00")
    assert claims.claim("bell", "2026-03-02", at=now, lease=LEASE)
    with clock.at(now + timedelta(minutes=29)):
        assert ring.run("bell").why == "taken"
    with clock.at(now + timedelta(minutes=31)):
        assert [problem.kind for problem in queries.problems()] == ["job_hangs"]
        session.rollback()
        assert ring.run("bell").ran


def test_who_comes_back_from_the_dead_changes_nothing(session):
    now = datetime.fromisoformat("2026-03-02T08:00:00+08:00")
    slow = claims.claim("bell", "2026-03-02", at=now, lease=LEASE)
    quick = claims.claim("bell", "2026-03-02", at=now + timedelta(hours=1), lease=LEASE)
    assert not claims.finish(slow, {"letters": 1}, at=now + timedelta(hours=1))
    assert claims.finish(quick, {"letters": 2}, at=now + timedelta(hours=1))
    assert claims.find("bell", "2026-03-02").outcome == {"letters": 2}


def test_a_rehearsal_tells_everything_and_leaves_nothing(session, stopped_clock):
    stopped_clock(MONDAY)
    told = ring.rehearse("bell")
    assert (told.ran, told.why, told.letters) == (False, "rehearsal", 1)
    assert [(who["name"], who["address"], who["subject"]) for who in told.recipients] == [
        ("Officer 1", "officer1@bureau.example", "Bell")
    ]
    assert bells.presses() == 0
    assert session.query(Letter).count() == session.query(JobRun).count() == 0
    session.rollback()
    assert ring.run("bell").ran
    assert bells.presses() == 1


def test_a_rehearsal_that_fails_leaves_nothing_either(session, stopped_clock):
    stopped_clock(MONDAY)
    bells.wrong.append("no ink")
    with pytest.raises(RuntimeError, match="no ink"):
        ring.rehearse("bell")
    assert bells.presses() == 0


def test_a_rehearsal_of_the_carrier_lists_the_letters_and_sends_none(app, session, mail_sink, stopped_clock):
    stopped_clock(MONDAY)
    ring.run("bell")
    app.config["SMTP_URL"] = mail_sink.url
    assert [who["name"] for who in ring.rehearse("send-letters").recipients] == ["Officer 1"]
    assert mail_sink.letters == []


def test_by_hand_the_carrier_goes_again_in_the_same_minute_only_if_there_is_something_to_carry(app, session, mail_sink):
    app.config["SMTP_URL"] = mail_sink.url
    with clock.at(MONDAY):
        assert ring.run("send-letters").why == "idle"
        assert ring.run("send-letters", by_hand=True).ran
        assert ring.run("send-letters", by_hand=True).why == "done"
        ring.run("bell")
        again = ring.run("send-letters", by_hand=True)
    assert (again.ran, again.letters, again.slot) == (True, 1, "2026-03-02T09:00#2")
    assert len(mail_sink.letters) == 1


def test_the_week_is_rung_on_its_first_working_day_or_later_but_once(session):
    week = [MONDAY + timedelta(days=number) for number in range(7)]
    for day in week[2:]:
        with clock.at(day):
            ring.run("week-bell")
    assert bells.rung == [week[2]]


def test_in_a_week_that_is_all_holiday_nothing_is_rung(session):
    from tracker.workdays.models import Day

    session.add_all(
        Day(day=MONDAY + timedelta(days=number), working=False, name="festival", source="notice") for number in range(7)
    )
    session.commit()
    for number in range(8):
        with clock.at(MONDAY + timedelta(days=number)):
            assert ring.run("week-bell").why == ("early" if number < 7 else "")
    assert bells.rung == [MONDAY + timedelta(days=7)]


def test_a_job_that_finds_its_day_has_not_come_gives_the_slot_back(session, stopped_clock):
    stopped_clock(MONDAY)
    assert ring.run("early-bell").why == ring.run("early-bell").why == "early"
    assert len(bells.rung) == 2
    assert claims.find("early-bell", "2026-03-02") is None


def test_after_a_standstill_the_present_day_and_week_are_rung_once(session):
    with clock.at(MONDAY):
        ring.run("bell")
    thursday_of_next_week = MONDAY + timedelta(days=10)
    with clock.at(thursday_of_next_week):
        done = [(rung.job, rung.slot) for rung in ring.catch_up() if rung.ran]
        assert done == [("bell", "2026-03-12"), ("week-bell", "2026-W11")]
        assert [rung for rung in ring.catch_up() if rung.ran] == []


def test_before_its_time_nothing_is_caught_up(session):
    with clock.at(datetime.fromisoformat("2026-03-02T06:29:00+08:00")):
        assert ring.catch_up() == []


def test_what_a_job_did_not_commit_is_not_done(session, stopped_clock):
    stopped_clock(MONDAY)
    bells.wrong.append("after the first row")
    ring.run("bell")
    assert bells.presses() == 0
    db.session.rollback()
