"""The rating on its pages: by mailed link, by account, and from the signed paper."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.feedback.law import with_law
from tests.feedback.papers import a_scan
from tests.makers import a_case, a_rating_link, a_submitted_reply, a_user, with_reading_by
from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.feedback.models import Rating
from tracker.handling.actions import deliver
from tracker.roles import Role
from tracker.structure.actions import add_term
from tracker.structure.cards import new_card
from tracker.suggestion.models import Entry

ON = date(2026, 5, 6)
SATISFIED = {"attitude": "satisfied", "result": "mostly", "comment": ""}
DISSATISFIED = {"attitude": "satisfied", "result": "dissatisfied", "comment": "没有解决"}


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(ON)
    made = a_case()
    with_reading_by("office", made.congress)
    with_law(made.congress, rehandling="at_once")
    return made


@pytest.fixture
def reply(case):
    made = a_submitted_reply(case.lead, ON)
    deliver(made, case.lead, by=case.by_office, on=ON)
    made.assignment = case.lead
    return made


@pytest.fixture
def link(case, reply):
    address = f"{a_rating_link(reply, case.deputy)}/rating"
    db.session.commit()
    return address


def ratings() -> list[Rating]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Rating).order_by(Rating.id)))


def test_the_link_shows_the_reply_and_presets_nothing(link, reader):
    page = reader.read(link)
    assert "道路已经拓宽" in page.text
    radios = [one for one in page.all("input") if one["type"] == "radio"]
    assert len(radios) == 6
    assert [one for one in radios if "checked" in one.attributes] == []
    assert ratings() == []


def test_an_empty_form_is_no_rating(link, reader):
    reader.read(link)
    page = reader.send(link, {"comment": "很好"})
    assert "Rate the attitude" in page.text
    assert "很好" in page.html
    assert ratings() == []


def test_by_link_it_is_rated_once_and_thanked(case, link, reader):
    hidden = reader.read(link).hidden(link)
    for _press in range(2):
        page = reader.send(link, {**hidden, **SATISFIED})
        assert page.heading == "Thank you for your rating"
    [rating] = ratings()
    assert (rating.channel, rating.entered_by, rating.deputy_id) == ("link", "赵代表", case.deputy.id)


def test_dissatisfied_without_a_word_keeps_the_form(link, reader):
    reader.read(link)
    page = reader.send(link, {**DISSATISFIED, "comment": ""})
    assert "Say why you are dissatisfied" in page.text
    page = reader.send(link, DISSATISFIED)
    assert "you will get a new reply" in page.text


def test_a_deputys_link_opens_nothing_of_the_body(link, reader):
    reader.read(link.removesuffix("/rating"), expect=403)
    reader.read(link.removesuffix("rating") + "reply", expect=403)


def test_a_co_signer_rates_beside_the_lead(case, reply, reader):
    address = f"{a_rating_link(reply, case.signer)}/rating"
    db.session.commit()
    page = reader.read(address)
    assert "beside that of the lead deputy" in page.text
    reader.send(address, DISSATISFIED)
    assert [one.deputy_id for one in ratings()] == [case.signer.id]


def test_by_account_a_deputy_finds_what_to_rate(case, reply, reader):
    deputy = reader.signed_in_as(a_user(case.congress, Role.DEPUTY, deputy_id=case.deputy.id))
    [address] = [url for text, url in deputy.read("/ratings").links().items() if "Read and rate" in text]
    deputy.read(address)
    deputy.send(address, SATISFIED)
    [rating] = ratings()
    assert rating.channel == "account"
    assert "Read and rate" not in deputy.read("/ratings").text


def test_another_deputy_finds_nothing(case, reply, reader):
    from tests.makers import a_deputy

    other = a_user(case.congress, Role.DEPUTY, deputy_id=a_deputy(case.congress, "别人").id)
    reader.signed_in_as(other).read("feedback.rating", expect=404, reply_id=reply.id)


def test_a_body_has_no_rating_page(case, reply, reader):
    handler = reader.signed_in_as(case.handler)
    handler.read(f"/replies/{reply.id}/rating", expect=403)
    handler.send(f"/replies/{reply.id}/rating", SATISFIED, expect=403)


def test_the_office_enters_a_signed_paper_on_behalf(case, reply, reader):
    office = reader.signed_in_as(case.clerk)
    path = f"/replies/{reply.id}/rating"
    office.read(path)
    paper = {**SATISFIED, "deputy_id": str(case.deputy.id), "on": "2026-05-06"}
    page = office.send(path, {**paper, "scan": a_scan(), "on": "2026-05-07"})
    assert "lies in the future" in page.text
    assert "Attach the scan" in office.send(path, paper).text
    office.send(path, {**paper, "scan": a_scan()})
    [rating] = ratings()
    assert office.read(f"/ratings/{rating.id}/scan").response.mimetype == "application/pdf"
    assert (rating.channel, rating.entered_by) == ("paper", case.clerk.name)
    entry = db.session.scalars(sa.select(Entry).where(Entry.move == "rate_reply")).one()
    assert (entry.actor_id, entry.on_behalf_of) == (case.clerk.id, "赵代表")


def test_the_office_sees_who_is_awaited_and_who_is_dissatisfied(case, reply, link, reader):
    office = reader.signed_in_as(case.clerk)
    assert "关于拓宽道路的建议" in office.read("/ratings").text
    reader.read(link)
    reader.send(link, DISSATISFIED)
    assert office.read("/ratings").rows() == []
    assert "没有解决" in office.read("/ratings?show=dissatisfied").text


def test_the_office_closes_what_was_rated(case, reply, link, reader):
    reader.read(link)
    reader.send(link, SATISFIED)
    office = reader.signed_in_as(case.clerk)
    path = f"/suggestions/{case.suggestion.id}/closing"
    office.read(path)
    office.send(path, {"note": ""}, expect=302)
    db.session.rollback()
    db.session.refresh(case.suggestion)
    assert case.suggestion.stage == "closed"


def test_a_deputy_elected_again_rates_what_was_put_forward_under_the_old_card(case, reply, reader):
    congress_id = case.congress.id
    entered = {"by": SYSTEM, "at": clock.now()}
    term = add_term(congress_id, 16, date(2026, 4, 1), **entered)
    card = new_card(case.deputy, term, card_number="0007", **entered)
    db.session.commit()
    again = reader.signed_in_as(a_user(case.congress, Role.DEPUTY, deputy_id=card.id))
    again.read(f"/suggestions/{case.suggestion.id}")
    again.read(f"/replies/{reply.id}/rating")
    again.send(f"/replies/{reply.id}/rating", SATISFIED)
    assert [one.deputy_id for one in ratings()] == [case.deputy.id]
