"""Signals on pages: listed, read with rule and evidence, answered and dismissed, on two other pages, and on desks."""

from io import BytesIO

import openpyxl
import pytest

from tests.makers import a_handling_link
from tests.signals.looking import look
from tests.signals.world import ANSWERED_ON, KIND, NAME, TODAY
from tracker.database import db
from tracker.signals.models import Signal

WORDS = "当日已到现场与代表面谈，未及登记。"
RULE = "A reply was submitted, and no contact with the deputy is noted."
EVIDENCE = "Submitted on 2026-03-20; contacts noted: none."


@pytest.fixture
def sign(world) -> Signal:
    return world.sign()


def as_user(world, reader, who):
    return reader.signed_in_as(world.users[who])


def test_the_list_has_the_rule_and_the_evidence_and_narrows(world, sign, reader):
    office = as_user(world, reader, "clerk")
    page = office.read("/signals")
    assert (NAME in page.text, RULE in page.text, EVIDENCE in page.text) == (True, True, True)
    assert EVIDENCE in office.read(f"/signals?kind={KIND}&body={sign.body_id}&branch=government&show=new").text
    assert EVIDENCE not in office.read(f"/signals?kind={KIND}&branch=court").text
    assert EVIDENCE not in office.read(f"/signals?kind={KIND}&show=dismissed").text
    assert EVIDENCE in office.read(f"/signals?kind=unheard_of&meeting={world.case.suggestion.meeting_id}").text


def test_it_is_taken_away_as_a_table_and_as_text(world, sign, reader):
    office = as_user(world, reader, "clerk")
    taken = office.read(f"/signals?kind={KIND}&format=xlsx").response
    rows = list(openpyxl.load_workbook(BytesIO(taken.data)).active.values)
    assert [(row[0], row[1], row[2]) for row in rows[1:]] == [(NAME, RULE, EVIDENCE)]
    text = office.read(f"/signals?kind={KIND}&format=csv").response.data.decode("utf-8-sig")
    assert EVIDENCE in text


def test_of_an_internal_matter_nothing_leaves_but_that_it_is_there(world, sign, reader):
    world.case.suggestion.internal = True
    db.session.commit()
    text = as_user(world, reader, "clerk").read(f"/signals?kind={KIND}&format=csv").response.data.decode("utf-8-sig")
    assert "internal, not exported" in text
    assert world.case.suggestion.title not in text
    assert EVIDENCE not in text


def test_the_body_answers_and_the_office_dismisses_and_takes_it_back(world, sign, reader):
    body = as_user(world, reader, "lead")
    body.read(f"/signals/{sign.id}")
    body.send(f"/signals/{sign.id}/answer", {"answer": WORDS})
    office = as_user(world, reader, "clerk")
    assert WORDS in office.read(f"/signals/{sign.id}").text
    office.send(f"/signals/{sign.id}/dismissal", {"reason": "已核实通话记录"})
    page = body.read(f"/signals/{sign.id}")
    assert "已核实通话记录" in page.text
    assert "Dismiss it" not in page.text
    office.send(f"/signals/{sign.id}/return")
    assert "taken back on" in office.read(f"/signals/{sign.id}").text


def test_a_paper_is_entered_by_the_office_and_says_so(world, sign, reader):
    office = as_user(world, reader, "clerk")
    office.read(f"/signals/{sign.id}")
    office.send(f"/signals/{sign.id}/answer", {"answer": WORDS, "whose": "林承办"})
    page = as_user(world, reader, "lead").read(f"/signals/{sign.id}")
    assert "on paper, entered by" in page.text
    assert "林承办" in page.text


def test_no_answer_in_no_words_and_what_was_typed_stays(world, sign, reader):
    office = as_user(world, reader, "clerk")
    office.read(f"/signals/{sign.id}")
    page = office.send(f"/signals/{sign.id}/answer", {"answer": WORDS, "whose": ""}, expect=200)
    assert WORDS in page.html
    assert "Nothing has been said to it yet." in page.text


def test_by_the_mailed_link_the_body_answers_too(world, sign, reader):
    link = a_handling_link(world.case.lead)
    db.session.commit()
    assert EVIDENCE in reader.read(link).text
    reader.read(f"{link}/signals/{sign.id}")
    reader.send(f"{link}/signals/{sign.id}/answer", {"answer": WORDS, "acting_name": "林承办"})
    assert WORDS in reader.read(f"{link}/signals/{sign.id}").text


@pytest.mark.parametrize("who", ["helper", "stranger"])
def test_another_body_finds_nothing(world, sign, reader, who):
    other = as_user(world, reader, who)
    other.read(f"/signals/{sign.id}", expect=404)
    other.send(f"/signals/{sign.id}/answer", {"answer": WORDS}, expect=404)


def test_on_the_suggestion_s_page_and_the_body_s_own(world, sign, reader):
    page = as_user(world, reader, "clerk").read(f"/suggestions/{world.case.suggestion.id}")
    assert (NAME in page.text, EVIDENCE in page.text) == (True, True)
    for who in ("helper", "deputy"):
        assert NAME not in as_user(world, reader, who).read(f"/suggestions/{world.case.suggestion.id}").text
    assert EVIDENCE in as_user(world, reader, "lead").read(f"/assignments/{world.case.lead.id}").text


def test_evidence_leads_nowhere_where_nothing_can_be_read(world, sign, reader):
    """The reply is not delivered: the leader is led to the suggestion, the office to the reply."""
    office = as_user(world, reader, "clerk").read(f"/signals/{sign.id}")
    leader = as_user(world, reader, "leader").read(f"/signals/{sign.id}")
    assert office.links()["Evidence"] == f"/replies/{world.reply.id}"
    assert leader.links()["Evidence"] == f"/suggestions/{world.case.suggestion.id}#signs"


@pytest.mark.parametrize("who", ["clerk", "lead"])
def test_new_signs_wait_on_the_desk_until_somebody_has_looked(world, sign, reader, who):
    asking = as_user(world, reader, who)
    assert "New signs to look at" in asking.read("/").text
    page = asking.read("/signals?show=unseen")
    assert EVIDENCE in page.text
    asking.send("/signals/seen")
    assert "New signs to look at" not in asking.read("/").text
    assert EVIDENCE in asking.read("/signals").text
    other = as_user(world, reader, "lead" if who == "clerk" else "clerk")
    assert "New signs to look at" in other.read("/").text


def test_what_is_gone_is_told_with_its_course(world, sign, reader):
    world.contacted(TODAY)
    look(TODAY)
    office = as_user(world, reader, "clerk")
    assert "the fact is gone" in office.read(f"/signals/{sign.id}").text
    assert EVIDENCE in office.read(f"/signals?show=cleared&kind={KIND}").text
    assert sign.raised_on == ANSWERED_ON
