"""Nobody answers: the ladder is climbed once, step by step; one letter a day at most, and the week on a page."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.journeys import office
from tests.journeys.town import Town, link_about, told
from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.escalation.jobs import raise_alarms, send_digests
from tracker.escalation.models import Alarm
from tracker.workdays.queries import calendar
from tracker.workdays.rules import is_working_day

TITLES = {"001": "关于增加小学学位的建议", "002": "关于改善校园食堂的建议"}
# The office was closed and the machine switched off.
SILENT = (date(2026, 5, 27), date(2026, 6, 1))


@pytest.fixture
def silent_town(town: Town, tmp_path) -> Town:
    """Two items with the schools bureau since 2 March; their last day is 2 June. It signed on the day, then silence."""
    rows = [(number, title, "赵甲一", "", "市教育局", "", "请研究。") for number, title in TITLES.items()]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    [letter] = town.new_letters("郑承办")
    for title in TITLES.values():
        link = link_about(letter, title)
        office.sign_for(link, town.by_mail(), "郑承办")
        office.speak_with(link, town.by_mail(), "郑承办", "赵甲一", "2026-03-02")
    town.nothing_unread()
    return town


def steps(kind: str = "reply") -> Counter[int]:
    """How often each step of the reply's ladder was raised."""
    wanted = sa.select(Alarm.step).join(Deadline, Deadline.id == Alarm.deadline_id).where(Deadline.kind == kind)
    found = Counter(db.session.scalars(wanted))
    db.session.commit()
    return found


def live_through(town: Town, first: date, last: date) -> dict[date, dict[str, int]]:
    """Every morning from day to day, as the timetable rings, but for the days the machine was off."""
    got: dict[date, dict[str, int]] = {}
    day = first
    while day <= last:
        if not SILENT[0] <= day <= SILENT[1]:
            town.on(day.isoformat())
            for job in ("raise-alarms", "send-digests"):
                town.ring(job)
            town.carry()
            got[day] = town.who_got()
            town.nothing_unread()
        day += timedelta(days=1)
    return got


def test_each_step_is_raised_once_and_told_in_one_letter_a_day(silent_town: Town):
    town = silent_town
    got = live_through(town, date(2026, 5, 4), date(2026, 6, 12))
    assert steps() == {0: 2, 1: 2, 2: 2, 3: 2}
    assert all(count == 1 for letters in got.values() for count in letters.values())
    days_off = [day for day in got if not is_working_day(day, calendar(town.congress.id))]
    assert days_off
    assert all(got[day] == {} for day in days_off)
    days = {name: [day.isoformat() for day in got if name in got[day]] for name in town.addresses}
    assert days["郑承办"] == ["2026-05-12", "2026-05-26"]  # 15 and 5 working days before, and not again
    assert days["曹副局长"] == ["2026-05-26"]
    assert days["吴局长"] == ["2026-06-03"]
    assert days["秦督查"] == ["2026-06-03", "2026-06-09"]
    assert days["韩委员"] == ["2026-06-09"]
    assert days["冯副市长"] == []  # leaders read the weekly page, nothing daily
    assert days["林承办"] == []


def test_what_fell_into_the_gap_is_raised_when_the_machine_runs_again(silent_town: Town, monkeypatch):
    """A standstill over the fifth working day before: the step is raised on the first morning after, once."""
    monkeypatch.setattr("tests.journeys.test_nobody_answers.SILENT", (date(2026, 5, 20), date(2026, 6, 4)))
    got = live_through(silent_town, date(2026, 5, 11), date(2026, 6, 8))
    assert steps() == {0: 2, 1: 2, 2: 2}
    first = got[date(2026, 6, 5)]
    assert first.get("郑承办") == first.get("吴局长") == first.get("秦督查") == 1
    assert not got[date(2026, 6, 8)]


def test_a_second_run_of_the_day_adds_nothing(silent_town: Town):
    town = silent_town
    town.on("2026-06-09")
    assert town.ring("raise-alarms").ran
    assert town.ring("send-digests").ran
    town.carry()
    before = steps()
    assert before == {0: 2, 1: 2, 2: 2, 3: 2}
    assert not town.ring("raise-alarms").ran
    assert not town.ring("send-digests").ran
    with town.app.app_context():
        assert raise_alarms(date(2026, 6, 9))["rows"] == 0
        assert send_digests(date(2026, 6, 9))["letters"] == 0
    assert steps() == before
    assert town.carry() == 0


def test_the_bulletin_lists_it_with_its_step_and_the_office_finds_the_draft_to_sign(silent_town: Town):
    town = silent_town
    live_through(town, date(2026, 6, 2), date(2026, 6, 14))
    town.on("2026-06-15")
    assert town.ring("weekly-bulletin").ran
    town.carry()
    [letter] = town.new_letters("冯副市长")
    assert "2 replies overdue" in letter
    for title in TITLES.values():
        assert title in letter
    assert "9 working days over · last day 2026-06-02" in letter
    assert town.new_letters("周局长") == []
    clerk = town.clerk()
    assert "Steps of the ladder to be signed or listed" in clerk.read("/").text
    ladder = clerk.read("/ladder?step=3")
    assert all(title in ladder.text for title in TITLES.values())


def test_who_answers_climbs_no_further(silent_town: Town):
    town = silent_town
    town.on("2026-06-03")
    town.ring("raise-alarms")
    clerk = town.clerk()
    [letter] = [one for one in map(told, town.letters("郑承办")) if TITLES["001"] in one]
    office.answer(link_about(letter, TITLES["001"]), town.by_mail(), "郑承办", "2026-06-03")
    office.deliver(clerk, TITLES["001"])
    live_through(town, date(2026, 6, 4), date(2026, 6, 12))
    assert steps() == {0: 2, 1: 2, 2: 2, 3: 1}
