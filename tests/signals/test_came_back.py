"""A matter answered as solved is raised again."""

from __future__ import annotations

from datetime import date

import pytest

from tests.makers import CLERK, RECORDED_ON, a_case, a_deputy, a_meeting, a_submitted_reply, a_suggestion
from tests.signals.looking import facts
from tracker.database import db
from tracker.handling import actions as handling
from tracker.intake import actions as intake
from tracker.intake.actions.linking import link_same_matter, unlink

SENT_ON, AGAIN_ON = date(2026, 3, 20), date(2026, 5, 4)
pytestmark = [pytest.mark.usefixtures("session"), pytest.mark.engines("sqlite")]


def answered(class_label: str = "A"):
    case = a_case()
    reply = a_submitted_reply(case.lead, SENT_ON, class_label=class_label)
    handling.deliver(reply, case.lead, by=case.by_office, on=SENT_ON)
    return case


def raised(case, on: date):
    again = a_suggestion(a_meeting(case.congress), a_deputy(case.congress), title="再次建议拓宽道路")
    again.recorded_on = on
    db.session.flush()
    return again


def linked(case, again):
    return link_same_matter(case.suggestion, again, "同一条路", by=CLERK, on=AGAIN_ON)


def test_what_was_solved_was_raised_again_until_the_link_is_taken_back():
    case = answered()
    link = linked(case, raised(case, AGAIN_ON))
    assert facts("came_back", AGAIN_ON) == [{"answered_on": "2026-03-02", "again_on": "2026-05-04"}]
    unlink(link, "不是同一条路", by=CLERK, on=AGAIN_ON)
    assert facts("came_back", AGAIN_ON) == []


def test_what_was_raised_before_the_answer_did_not_come_back():
    case = answered()
    linked(case, raised(case, RECORDED_ON))
    assert facts("came_back", AGAIN_ON) == []


def test_who_said_it_was_still_to_be_done_did_not_call_it_solved():
    case = answered("B")
    linked(case, raised(case, AGAIN_ON))
    assert facts("came_back", AGAIN_ON) == []


def test_raised_again_many_times_is_one_signal_with_the_first_day():
    case = answered()
    for day in (date(2026, 6, 1), AGAIN_ON):
        linked(case, raised(case, day))
    assert [one["again_on"] for one in facts("came_back", date(2026, 6, 1))] == ["2026-05-04"]


def test_a_withdrawn_suggestion_raises_nothing_again():
    case = answered()
    again = raised(case, AGAIN_ON)
    linked(case, again)
    intake.withdraw(again, "已解决", by=CLERK, on=AGAIN_ON)
    assert facts("came_back", AGAIN_ON) == []
