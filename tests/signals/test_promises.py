"""Promises past their day, and promises that wander."""

from __future__ import annotations

from datetime import date

import pytest

from tests.followup.promised import DUE_ON, promised
from tests.signals.looking import facts
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.followup.models import Fate

OVERDUE_ON = date(2026, 9, 5)
pytestmark = [pytest.mark.usefixtures("session", "stopped_clock"), pytest.mark.engines("sqlite")]


def test_a_promise_past_its_day_until_it_is_reported_kept():
    world = promised()
    assert facts("promise_overdue", DUE_ON) == []
    assert facts("promise_overdue", OVERDUE_ON) == [{"due_on": "2026-09-01", "what": "安装路灯"}]
    world.report(Fate.KEPT, on=OVERDUE_ON)
    assert facts("promise_overdue", OVERDUE_ON) == []


def test_what_the_deputy_disputes_is_overdue_again():
    world = promised()
    report = world.report(Fate.KEPT, on=OVERDUE_ON)
    said = world.judge(report, agrees=False, note="没有装", on=OVERDUE_ON)
    world.decide(said, kept=False, on=OVERDUE_ON)
    assert len(facts("promise_overdue", date(2027, 1, 5))) == 1


def test_a_promise_moved_twice_until_it_is_kept():
    world = promised()
    world.report(Fate.MOVED, "材料未到", on=date(2026, 8, 1), new_due_on=date(2026, 10, 1))
    assert facts("promise_moved", date(2026, 8, 1)) == []
    world.report(Fate.MOVED, "资金未到", on=date(2026, 9, 20), new_due_on=date(2026, 12, 1))
    [found] = facts("promise_moved", date(2026, 9, 20))
    assert found == {"times": 2, "first_on": "2026-09-01", "due_on": "2026-12-01", "what": "安装路灯"}
    assert facts("promise_overdue", date(2026, 9, 20)) == []
    world.report(Fate.KEPT, on=date(2026, 11, 30))
    assert facts("promise_moved", date(2026, 11, 30)) == []


def test_a_pending_case_is_not_pressed():
    world = promised()
    db.session.get_one(Assignment, world.case.lead.id).pending_case = True
    assert facts("promise_overdue", OVERDUE_ON) == []
