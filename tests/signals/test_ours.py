"""What we hold ourselves stands beside what bodies hold, and names no body; what is released and does not arrive."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.dispatch.office import an_office
from tests.followup.promised import promised
from tests.makers import CLERK, HANDED_OVER_ON, RECORDED_ON, a_body, a_case, a_submitted_reply, actor_of
from tests.signals.looking import gone, signs
from tests.signals.within import look
from tracker.database import db
from tracker.dispatch import actions as dispatch
from tracker.handling import actions as handling
from tracker.handling.models import ReplyPublicity, Way
from tracker.signals.kind import About
from tracker.signals.known import kind_of
from tracker.suggestion.models import Publicity, Suggestion

ASKED_ON = date(2026, 3, 4)  # a Wednesday
FIFTH_DAY = date(2026, 3, 11)
SIXTH_DAY = date(2026, 3, 12)
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture(autouse=True)
def _now(stopped_clock):
    stopped_clock(date(2026, 10, 12))


def is_cleared(kind, sign) -> bool:
    return (signs(kind), gone(kind)) == ([], [sign])


def test_a_return_we_do_not_decide_is_ours_and_not_the_bodys():
    case = a_case()
    other = a_body(case.congress, "市住建局")
    asked = dispatch.ask_return(case.lead, "不属我局职责", other, by=actor_of(case.lead), on=ASKED_ON)
    look(FIFTH_DAY)
    assert signs("held_return") == []
    look(SIXTH_DAY)
    [sign] = signs("held_return")
    assert sign.facts == {"asked_on": "2026-03-04", "holder": "office"}
    assert (sign.body_id, sign.assignment_id, sign.thing_id) == (None, None, asked.id)
    dispatch.decide_return(asked, False, by=CLERK, on=SIXTH_DAY, note="属其职责", tell=False)
    look(SIXTH_DAY)
    assert is_cleared("held_return", sign)


def test_below_a_hub_it_is_the_hub_that_does_not_decide():
    office = an_office()
    held = office.at_the_hub("roads")
    [bureau] = dispatch.pass_on(held, office.named("roads"), by=office.users["hub"].actor(), on=HANDED_OVER_ON)
    dispatch.ask_return(bureau, "不属我局职责", office.bodies["schools"], by=actor_of(bureau), on=ASKED_ON)
    look(SIXTH_DAY)
    [sign] = signs("held_return")
    assert (sign.facts["holder"], sign.body_id) == ("hub", office.bodies["hub"].id)


def test_an_extension_we_do_not_decide():
    case = a_case()
    by = actor_of(case.lead)
    asked = handling.ask_extension(case.lead, "涉及面广", date(2026, 8, 3), by=by, on=ASKED_ON)
    look(SIXTH_DAY)
    [sign] = signs("held_extension")
    assert (sign.facts["holder"], sign.body_id) == ("office", None)
    handling.decide_extension(asked, True, by=CLERK, on=SIXTH_DAY, tell=False)
    look(SIXTH_DAY)
    assert is_cleared("held_extension", sign)


def test_a_body_that_waits_for_our_decision_is_not_silent():
    case = a_case()
    by = actor_of(case.lead)
    handling.ask_extension(case.lead, "涉及面广", date(2026, 8, 3), by=by, on=ASKED_ON)
    look(ASKED_ON + timedelta(days=60))
    assert [one.assignment_id for one in signs("silent")] == [case.co.id]


def test_a_reply_we_do_not_read():
    case = a_case()
    reply = a_submitted_reply(case.lead, ASKED_ON)
    look(FIFTH_DAY)
    assert signs("held_reply") == []
    look(SIXTH_DAY)
    [sign] = signs("held_reply")
    assert (sign.facts, sign.body_id) == ({"submitted_on": "2026-03-04", "holder": "office"}, None)
    handling.send_back(reply, case.lead, ["form"], "", by=CLERK, on=SIXTH_DAY, tell=False)
    look(SIXTH_DAY)
    assert is_cleared("held_reply", sign)


def test_what_lies_with_us_before_the_hand_over_and_then_with_the_hub():
    office = an_office()
    look(date(2026, 3, 10))
    assert signs("held_hand_over") == []
    look(date(2026, 3, 11))
    [ours] = signs("held_hand_over")
    assert (ours.facts, ours.body_id) == ({"held_on": RECORDED_ON.isoformat(), "holder": "office"}, None)
    held = office.at_the_hub("roads")
    look(date(2026, 3, 12))
    assert is_cleared("held_hand_over", ours)
    look(date(2026, 3, 18))
    [theirs] = signs("held_hand_over")
    assert (theirs.facts["holder"], theirs.body_id) == ("hub", office.bodies["hub"].id)
    dispatch.pass_on(held, office.named("roads"), by=office.users["hub"].actor(), on=date(2026, 3, 18))
    look(date(2026, 3, 18))
    assert signs("held_hand_over") == []


def test_a_reply_the_lead_deputy_does_not_get():
    case = a_case()
    reply = a_submitted_reply(case.lead, ASKED_ON)
    lead, signer = handling.deliver(reply, case.lead, by=CLERK, on=ASKED_ON, way=Way.PAPER)
    look(SIXTH_DAY)
    [sign] = signs("held_delivery")
    assert (sign.thing_id, sign.body_id, signs("cosigner_unreached")) == (lead.id, None, [])
    handling.reach(lead, Way.PAPER, by=CLERK, on=SIXTH_DAY)
    look(SIXTH_DAY)
    assert is_cleared("held_delivery", sign)
    look(ASKED_ON + timedelta(days=20))
    [late] = signs("cosigner_unreached")
    assert late.facts == {"deputy": "钱附议", "released_on": "2026-03-04", "whose": "office"}
    handling.reach(signer, Way.PAPER, by=CLERK, on=date(2026, 4, 1))
    look(date(2026, 4, 1))
    assert is_cleared("cosigner_unreached", late)


def test_a_dispute_we_do_not_decide():
    made = promised()
    said = made.judge(made.report(), False, "没有安装")
    look(date(2026, 5, 19))
    assert signs("held_dispute") == []
    look(date(2026, 5, 20))
    [sign] = signs("held_dispute")
    assert sign.facts == {"due_on": "2026-09-01", "disputed_on": "2026-05-06"}
    made.decide(said, True)
    look(date(2026, 5, 20))
    assert is_cleared("held_dispute", sign)


@pytest.mark.engines("sqlite")
def test_all_that_we_hold_is_about_our_office():
    names = ("return", "extension", "reply", "hand_over", "delivery", "dispute")
    assert {kind_of(f"held_{name}").about for name in names} == {About.OFFICE}


# published


def a_public_case():
    case = a_case()
    db.session.execute(sa.update(Suggestion).values(publicity=Publicity.FULL))
    db.session.refresh(case.suggestion, ["publicity"])
    reply = a_submitted_reply(case.lead, ASKED_ON, publicity=ReplyPublicity.FULL)
    handling.deliver(reply, case.lead, by=CLERK, on=ASKED_ON)
    return case, reply


def test_what_may_be_public_and_is_not_published_or_late():
    case, reply = a_public_case()
    look(date(2026, 4, 1))
    assert signs("published_late") == []
    look(date(2026, 4, 2))
    [sign] = signs("published_late")
    assert sign.facts == {"due_on": "2026-04-01", "how": "not"}
    handling.publish(reply, case.lead, "市人大网站", by=CLERK, on=date(2026, 4, 3))
    look(date(2026, 4, 3))
    assert [one.facts["how"] for one in signs("published_late")] == ["late"]
    dispatch.renew(case.lead, by=CLERK, on=date(2026, 4, 3), tell=False)
    look(date(2026, 4, 3))
    assert is_cleared("published_late", sign)


def test_what_is_published_in_time_or_may_not_be_is_no_hint():
    case, reply = a_public_case()
    handling.publish(reply, case.lead, "市人大网站", by=CLERK, on=date(2026, 3, 20))
    look(date(2026, 5, 1))
    assert signs("published_late") == []
