"""A co-handler's opinion that the lead asks for again: its own clock, its letter, its record."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.makers import a_case, a_handling_link, a_submitted_reply, assignments_of, entered
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of, open_for
from tracker.errors import RuleBroken
from tracker.handling import actions
from tracker.mail.models import Letter
from tracker.structure.models import SuccessionKind
from tracker.structure.reform import Reform, carry_out, new_body_like
from tracker.suggestion.journey import Standing


def given(case, text="无意见。"):
    return actions.give_opinion(case.co, text, by=case.by_body, on=ON)


def asked_again(case, opinion, **more):
    actions.ask_opinion_again(opinion, case.co, case.lead, "未说明经费", by=case.by_body, on=ON, **more)


def test_where_the_rules_are_silent_the_first_clock_runs_again(case, session):
    opinion = given(case)
    [first] = deadlines_of(kind=Kind.CO_OPINION, assignment_id=case.co.id)
    due_on = first.due_on
    asked_again(case, opinion)
    assert case.co.standing is Standing.RECEIVED
    assert (first.met_on, first.due_on) == (None, due_on)
    assert (opinion.bounced_on, opinion.bounced_reason) == (ON, "未说明经费")
    [letter] = session.scalars(sa.select(Letter).where(Letter.kind == "opinion_asked_again"))
    assert due_on.isoformat() in letter.body_text


def test_a_helper_that_was_closed_meanwhile_is_followed_by_its_successor(case, session):
    opinion, old = given(case), case.co.body
    new = new_body_like(old, "市财政和国资局", **entered())
    carry_out(Reform(SuccessionKind.RENAMED, [old], [new], ON), **entered())
    asked_again(case, opinion)
    assert (case.co.standing, case.co.body) == (Standing.RECEIVED, new)
    [running] = open_for(kind=Kind.CO_OPINION, assignment_id=case.co.id)
    assert running.holder_body_id == new.id


def test_a_helper_that_became_one_with_the_lead_helps_no_more(case, session):
    opinion = given(case)
    lead, helper = (one.body for one in assignments_of(case.suggestion))
    carry_out(Reform(SuccessionKind.MERGED, [helper], [lead], ON), **entered())
    asked_again(case, opinion)
    assert (case.co.standing, case.lead.standing) == (Standing.RECALLED, Standing.ASSIGNED)
    assert open_for(kind=Kind.CO_OPINION, assignment_id=case.co.id) == []


def test_where_the_rules_say_how_long_a_clock_of_its_own_runs(session, stopped_clock):
    stopped_clock(ON)
    case = a_case("chongqing-2017")
    asked_again(case, given(case))
    first, again = deadlines_of(kind=Kind.CO_OPINION, assignment_id=case.co.id)
    assert first.met_on == ON
    assert (again.clause["start"], again.clause["amount"], again.clause["unit"]) == ("bounced", 5, "wd")
    assert again.is_open


def test_a_second_opinion_meets_the_clock(case):
    asked_again(case, given(case))
    given(case, "同意,经费由市财政列支。")
    assert case.co.standing is Standing.OPINION_GIVEN
    assert open_for(kind=Kind.CO_OPINION, assignment_id=case.co.id) == []


def test_only_the_lead_asks_and_only_before_it_answers(case):
    opinion = given(case)
    with pytest.raises(RuleBroken, match="Only the lead"):
        actions.ask_opinion_again(opinion, case.co, case.co, "未说明经费", by=case.by_body, on=ON)
    with pytest.raises(RuleBroken, match="Give the reason"):
        actions.ask_opinion_again(opinion, case.co, case.lead, " ", by=case.by_body, on=ON)
    a_submitted_reply(case.lead, ON)
    with pytest.raises(RuleBroken, match="answered already"):
        asked_again(case, opinion)


@pytest.mark.engines("sqlite")
def test_the_lead_asks_on_its_page(case, handler, session):
    opinion = given(case)
    page = handler.read("handling.assignment", assignment_id=case.lead.id)
    address = page.links()["Ask the co-handler again"]
    handler.read(address)
    page = handler.send(address, {"reason": "未说明经费"})
    assert "未说明经费" in page.text
    assert "Ask the co-handler again" not in page.links()
    session.expire_all()
    assert opinion.bounced_on == ON


@pytest.mark.engines("sqlite")
def test_it_can_be_asked_by_a_mailed_link_and_never_by_the_co_handler(case, reader):
    opinion = given(case)
    link = a_handling_link(case.lead)
    address = reader.read(link).links()["Ask the co-handler again"]
    reader.read(address)
    reader.send(address, {"reason": "未说明经费", "acting_name": "林承办"})
    reader.read(f"{a_handling_link(case.co)}/opinions/{opinion.id}")
    page = reader.send(f"{a_handling_link(case.co)}/opinions/{opinion.id}", {"reason": "x", "acting_name": "甲"})
    assert "Only the lead" in page.text


@pytest.mark.engines("sqlite")
def test_a_late_co_handler_is_seen_by_the_lead_and_told_when_the_lead_is_late(case, reader, stopped_clock):
    stopped_clock(date(2026, 3, 10))
    lead, helper = a_handling_link(case.lead), a_handling_link(case.co)
    assert "keeps the lead waiting" not in reader.read(lead).text
    stopped_clock(date(2026, 4, 20))
    assert "keeps the lead waiting" in reader.read(lead).text
    assert "waits for your opinion" not in reader.read(helper).text
    stopped_clock(date(2026, 6, 10))
    assert "waits for your opinion" in reader.read(helper).text
    given(case)
    assert "waits for your opinion" not in reader.read(helper).text
    assert "keeps the lead waiting" not in reader.read(lead).text


@pytest.mark.engines("sqlite")
def test_where_the_rules_give_an_opinion_no_day_it_is_missed_when_the_lead_is_late(reader, session, stopped_clock):
    stopped_clock(date(2026, 5, 20))
    case = a_case("beijing-2014")
    lead, helper = a_handling_link(case.lead), a_handling_link(case.co)
    assert "keeps the lead waiting" not in reader.read(lead).text
    stopped_clock(date(2026, 6, 10))
    assert "keeps the lead waiting" in reader.read(lead).text
    assert "waits for your opinion" in reader.read(helper).text
