"""A body that asked too late to be relieved of it: refused by rule, and a hint until it has answered."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import CLERK, a_body, a_case, a_submitted_reply, assignments_of
from tests.signals.looking import gone, look, signs
from tracker.database import db
from tracker.dispatch import actions as dispatch
from tracker.errors import RuleBroken
from tracker.handling import actions as handling
from tracker.suggestion.models import Entry

LAST_ON, LATE_ON, ANSWERED_ON = date(2026, 3, 12), date(2026, 3, 20), date(2026, 3, 25)
pytestmark = pytest.mark.usefixtures("session")


def tried(case, on: date) -> bool:
    return dispatch.note_late_return(case.lead, by=case.by_body, on=on)


def test_it_is_told_once_and_gone_with_the_answer():
    case = a_case()
    with pytest.raises(RuleBroken):
        dispatch.ask_return(case.lead, "不属我局", a_body(case.congress, "市水务局"), by=case.by_body, on=LATE_ON)
    assert [tried(case, LATE_ON), tried(case, LATE_ON)] == [True, False]
    look(LATE_ON)
    [sign] = signs("tried_late")
    assert sign.facts == {"last_on": "2026-03-12", "tried_on": "2026-03-20"}
    assert (sign.thing_id, sign.body_id) == (case.lead.id, case.lead.body_id)
    reply = a_submitted_reply(case.lead, ANSWERED_ON)
    handling.deliver(reply, case.lead, by=CLERK, on=ANSWERED_ON, tell=False)
    look(ANSWERED_ON)
    assert (signs("tried_late"), gone("tried_late")) == ([], [sign])


def test_what_is_asked_in_time_or_refused_for_another_reason_is_no_hint():
    case = a_case()
    assignments_of(case.suggestion)
    assert not tried(case, LAST_ON)
    with pytest.raises(RuleBroken):
        dispatch.ask_return(case.lead, " ", a_body(case.congress, "市水务局"), by=case.by_body, on=LAST_ON)
    assert not db.session.scalar(sa.select(sa.exists().where(Entry.move == "try_return")))
    assert gone("tried_late") == []
