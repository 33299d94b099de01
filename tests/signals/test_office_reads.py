"""What the office did with a reply it read."""

from __future__ import annotations

from datetime import date

import pytest

from tests.makers import a_case, a_content, a_submitted_reply, actor_of
from tests.signals.looking import facts
from tracker import clock
from tracker.database import db
from tracker.dispatch import actions as dispatch
from tracker.handling import actions as handling

SENT_ON, BACK_ON, LATER = date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 27)
pytestmark = [pytest.mark.usefixtures("session"), pytest.mark.engines("sqlite")]


def test_sent_back_stays_so_when_it_is_submitted_again_and_ends_with_a_new_round():
    case = a_case()
    reply = a_submitted_reply(case.lead, SENT_ON)
    assert facts("sent_back", SENT_ON) == []
    handling.send_back(reply, case.lead, ["no_contact"], "", by=case.by_office, on=BACK_ON)
    assert facts("sent_back", BACK_ON) == [{"times": 1, "last_on": "2026-03-23"}]
    by = actor_of(case.lead)
    handling.save_draft(case.lead, a_content(), version=None, by=by, at=clock.now())
    handling.submit(case.lead, reply, by=by, on=LATER)
    assert len(facts("sent_back", LATER)) == 1
    handling.deliver(reply, case.lead, by=case.by_office, on=LATER)
    dispatch.renew(case.lead, by=case.by_office, on=LATER)
    db.session.commit()
    assert facts("sent_back", LATER) == []


def test_a_class_the_office_lowered_until_it_is_given_back():
    case = a_case()
    reply = a_submitted_reply(case.lead, SENT_ON)
    handling.change_class(reply, case.lead, "B", "尚未完工", by=case.by_office, on=BACK_ON)
    assert facts("class_changed", BACK_ON) == [{"was": "A", "label": "B", "changed_on": "2026-03-23"}]
    handling.change_class(reply, case.lead, "C", "列入明年计划", by=case.by_office, on=LATER)
    assert facts("class_changed", LATER) == [{"was": "A", "label": "C", "changed_on": "2026-03-27"}]
    handling.change_class(reply, case.lead, "A", "已核实完工", by=case.by_office, on=LATER)
    assert facts("class_changed", LATER) == []


def test_a_better_class_is_no_hint():
    case = a_case()
    reply = a_submitted_reply(case.lead, SENT_ON, class_label="B")
    handling.change_class(reply, case.lead, "A", "已核实完工", by=case.by_office, on=BACK_ON)
    assert facts("class_changed", BACK_ON) == []
