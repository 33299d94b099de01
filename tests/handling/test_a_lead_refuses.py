"""The other of two leads does not agree: its reason is read by the writer and the office, and by no deputy."""

import pytest

from tests import makers
from tests.handling.test_two_leads import NEXT, agree, ask, pair, reply_clock, submit, write
from tests.makers import actor_of
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.handling import actions
from tracker.handling.actions.joint import asked_about
from tracker.handling.agreement import digest_of
from tracker.handling.joint import together
from tracker.roles import Role
from tracker.structure.models import Congress
from tracker.suggestion.journey import Standing

__all__ = ["pair"]


def refuse(assignment, reply, reason="该路段不属本院", on=NEXT):
    return actions.refuse_agreement(assignment, asked_about(reply.id), reply, reason, by=actor_of(assignment), on=on)


def test_the_other_refuses_with_its_reason_and_the_writer_asks_again(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    trial = db.session.begin_nested()
    with pytest.raises(RuleBroken, match="Give the reason"):
        refuse(other, reply, " ")
    trial.rollback()
    refuse(other, reply)
    assert (other.standing, reply_clock(other).met_on) == (Standing.RECEIVED, None)
    assert together(writer).is_refused
    assert together(writer).asked.reason == "该路段不属本院"
    write(writer, "道路明年拓宽。")
    assert together(other).reply is None, "the new text is not its to read before it is asked"
    ask(writer, reply)
    agree(other, reply)
    submit(writer, reply)


def test_after_all_it_agrees_to_the_same_text(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    refuse(other, reply)
    trial = db.session.begin_nested()
    with pytest.raises(RuleBroken, match="answered already"):
        refuse(other, reply)
    trial.rollback()
    agree(other, reply)
    assert other.standing is Standing.AGREED


def test_a_refusal_is_on_the_offices_desk_and_in_no_deputys_history(pair, reader):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    refuse(other, reply)
    clerk = makers.a_user(db.session.get_one(Congress, writer.congress_id), Role.OFFICE_CLERK)
    deputy = makers.a_user(
        db.session.get_one(Congress, writer.congress_id), Role.DEPUTY, deputy_id=writer.suggestion.lead_deputy_id
    )
    db.session.commit()
    assert "Two leads do not agree" in reader.signed_in_as(clerk).read("/").text
    page = f"/suggestions/{writer.suggestion_id}"
    assert "该路段不属本院" in reader.signed_in_as(clerk).read(page).text
    assert "该路段不属本院" not in reader.signed_in_as(deputy).read(page).text


def test_the_other_says_on_the_page_that_it_does_not_agree(pair, reader):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    congress = db.session.get_one(Congress, writer.congress_id)
    handler = makers.a_user(congress, Role.BODY_HANDLER, body_id=other.body_id)
    db.session.commit()
    page, url = reader.signed_in_as(handler), f"/assignments/{other.id}/joint-reply"
    page.read(url)
    sent = {"seen": digest_of(reply), "act": "refuse", "reason": ""}
    assert "Give the reason" in page.send(url, sent).text
    assert "Your reason is noted" in page.send(url, {**sent, "reason": "该路段不属本院"}).text
    assert "该路段不属本院" in page.read(url).text
