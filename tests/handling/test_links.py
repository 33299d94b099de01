"""The mailed link: one body, one item; looking does nothing, acting asks who one is."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.makers import a_handling_link, a_meeting, a_suggestion, an_assignment
from tracker.database import db
from tracker.dispatch.models import Receipt
from tracker.handling.models import Reply
from tracker.people.models import Link
from tracker.structure.models import Body
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry

NAME = {"acting_name": "吴经办"}


@pytest.fixture
def link(case):
    address = a_handling_link(case.lead)
    db.session.commit()
    return address


def rows() -> list[int]:
    db.session.rollback()
    return [db.session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in (Entry, Receipt, Reply)]


def test_opening_a_link_changes_nothing(case, link, reader):
    before = rows()
    for page in ("", "/receipt", "/contact", "/return", "/extension", "/reply"):
        assert reader.read(f"{link}{page}").status == 200
    assert rows() == before
    assert case.lead.standing is Standing.ASSIGNED


def test_a_link_has_no_menu_and_stays_inside_itself(link, reader):
    page = reader.read(link)
    assert page.all("nav") == []
    inside = [url for url in page.links().values() if url.startswith("/") and url not in ("/", "#main")]
    assert inside
    assert all(url.startswith(link) for url in inside)


def test_acting_by_link_asks_for_a_name_and_keeps_it(case, link, reader):
    reader.read(f"{link}/receipt")
    page = reader.send(f"{link}/receipt", {"acting_name": ""})
    assert "Please fill in: Your name" in page.text
    reader.send(f"{link}/receipt", NAME)
    entry = db.session.scalars(sa.select(Entry).where(Entry.move == "sign_for")).one()
    assert (entry.actor_kind, entry.actor_name, entry.body_id) == ("link", "吴经办", case.lead.body_id)
    assert reader.read(f"{link}/contact").values()["acting_name"] == "吴经办"


def test_a_plain_reply_by_link_needs_at_most_twelve_inputs(link, reader):
    page = reader.read(f"{link}/reply")
    shown = [one for one in page.all("input", "select", "textarea") if one["type"] != "hidden"]
    open_ones = [one for one in shown if one.form and "details" not in one.inside]
    assert 0 < len(open_ones) <= 12


def test_a_reply_can_be_drafted_and_submitted_by_link(case, link, reader):
    reader.read(f"{link}/reply")
    form = {
        "class_label": "B",
        "document_number": "31",
        "letter_on": "2026-05-06",
        "signer": "周局长",
        "contact_person": "林承办",
        "publicity": "full",
        "text": "正在办理。",
        "way": "system",
        **NAME,
    }
    reader.send(f"{link}/reply", {**form, "act": "draft"})
    page = reader.send(f"{link}/reply", {**form, "act": "submit"})
    assert "The reply is submitted" in page.text
    db.session.rollback()
    assert db.session.scalars(sa.select(Reply)).one().submitted_by == "吴经办"


def test_a_link_opens_no_other_item(case, link, reader):
    body = db.session.get_one(Body, case.lead.body_id)
    [other] = an_assignment(a_suggestion(a_meeting(case.congress), case.deputy, title="别的"), body)
    db.session.commit()
    reader.read(link)
    reader.read("handling.assignment", expect=302, assignment_id=other.id)
    reader.send("handling.receipt", NAME, expect=401, assignment_id=other.id)
    assert "别的" not in reader.read(link).text


def test_a_link_for_bodies_rates_nothing(link, reader):
    reader.read(f"{link}/rating", expect=403)


def test_an_ended_link_says_so_and_gives_the_text_back(case, link, reader, stopped_clock):
    reader.read(f"{link}/reply")
    stopped_clock(ON + timedelta(days=201))
    page = reader.read(f"{link}/reply", expect=401)
    assert page.heading == "This link no longer works"
    page = reader.send(f"{link}/reply", {"text": "写了很久的答复", **NAME}, expect=401)
    assert "写了很久的答复" in page.text
    assert "ask the office" in page.text
    reader.read("/links/unknown", expect=401)


def test_a_link_dies_with_the_assignment_it_is_for(case, link, reader):
    case.lead.standing = Standing.RECALLED
    db.session.commit()
    reader.read(link, expect=404)


def test_only_a_digest_of_the_link_is_kept(case, link, session):
    secret = link.rsplit("/", 1)[1]
    assert all(secret not in one.digest for one in session.scalars(sa.select(Link)))


def test_the_reader_of_a_link_may_change_its_language(case, link, reader):
    for one, heading in (("en", "The reply"), ("zh_Hans_CN", "答复")):
        reader.read(link)
        reader.send("people.language", {"language": one, "next": f"{link}/reply"})
        assert heading in reader.read(f"{link}/reply").heading
