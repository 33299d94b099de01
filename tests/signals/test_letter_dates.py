"""The days a letter bears, against the days that things happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.makers import HANDED_OVER_ON, a_case, a_content, a_submitted_reply, actor_of
from tests.signals.looking import facts
from tracker import clock
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.dispatch import actions as dispatch
from tracker.handling import actions as handling
from tracker.workdays.queries import calendar
from tracker.workdays.rules import add_working_days

SENT_ON = date(2026, 4, 20)
pytestmark = [pytest.mark.usefixtures("session"), pytest.mark.engines("sqlite")]


def sent_back_and_again(case, reply, on: date, letter_on: date) -> None:
    handling.send_back(reply, case.lead, ["form"], "", by=case.by_office, on=on)
    by = actor_of(case.lead)
    handling.save_draft(case.lead, a_content(letter_on=letter_on), version=None, by=by, at=clock.now())
    handling.submit(case.lead, reply, by=by, on=on)
    db.session.commit()


def original_last_day(case) -> date:
    [running] = deadlines.open_for(kind=Kind.REPLY, assignment_id=case.lead.id)
    return running.original_due_on


def test_a_letter_older_than_its_assignment():
    case = a_case()
    reply = a_submitted_reply(case.lead, SENT_ON, letter_on=HANDED_OVER_ON - timedelta(days=1))
    assert facts("written_before_given", SENT_ON) == [{"letter_on": "2026-03-01", "assigned_on": "2026-03-02"}]
    sent_back_and_again(case, reply, SENT_ON, letter_on=SENT_ON)
    assert facts("written_before_given", SENT_ON) == []


def test_a_letter_of_the_last_round_is_older_than_the_new_one():
    case = a_case()
    handling.deliver(a_submitted_reply(case.lead, SENT_ON), case.lead, by=case.by_office, on=SENT_ON)
    again = dispatch.renew(case.lead, by=case.by_office, on=SENT_ON)
    a_submitted_reply(again, SENT_ON, letter_on=SENT_ON - timedelta(days=1))
    [found] = facts("written_before_given", SENT_ON)
    assert found == {"letter_on": "2026-04-19", "assigned_on": "2026-04-20"}


def test_a_letter_that_lay_long_before_it_was_submitted():
    case = a_case()
    reply = a_submitted_reply(case.lead, SENT_ON, letter_on=SENT_ON - timedelta(days=16))
    [found] = facts("dated_before_sent", SENT_ON)
    assert found == {"letter_on": "2026-04-04", "submitted_on": "2026-04-20", "days": 16}
    sent_back_and_again(case, reply, SENT_ON, letter_on=SENT_ON)
    assert facts("dated_before_sent", SENT_ON) == []


def test_what_the_office_sent_back_is_not_the_later_for_it():
    case = a_case()
    letter_on = SENT_ON - timedelta(days=10)
    reply = a_submitted_reply(case.lead, SENT_ON, letter_on=letter_on)
    sent_back_and_again(case, reply, SENT_ON + timedelta(days=20), letter_on=letter_on)
    assert facts("dated_before_sent", SENT_ON + timedelta(days=20)) == []


def test_filed_on_the_day_before_the_last_and_handled_again():
    case = a_case()
    due_on = original_last_day(case)
    filed_on = add_working_days(due_on, -1, calendar(case.congress.id))
    reply = a_submitted_reply(case.lead, filed_on)
    assert facts("filed_at_the_last", filed_on) == [
        {"submitted_on": filed_on.isoformat(), "due_on": due_on.isoformat()}
    ]
    handling.deliver(reply, case.lead, by=case.by_office, on=filed_on)
    dispatch.renew(case.lead, by=case.by_office, on=filed_on)
    assert facts("filed_at_the_last", filed_on) == []


@pytest.mark.parametrize("working_days", [-2, 1])
def test_earlier_or_late_is_not_at_the_last_moment(working_days):
    case = a_case()
    filed_on = add_working_days(original_last_day(case), working_days, calendar(case.congress.id))
    a_submitted_reply(case.lead, filed_on)
    assert facts("filed_at_the_last", filed_on) == []


def test_the_first_filing_counts_and_the_original_last_day():
    case = a_case()
    due_on = original_last_day(case)
    reply = a_submitted_reply(case.lead, SENT_ON)
    sent_back_and_again(case, reply, due_on, letter_on=due_on)
    assert facts("filed_at_the_last", due_on) == []
