"""A mailbox that several people read: its link opens reading, submitting asks who one is and the office's code."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.handling.papers import ON
from tests.makers import a_body, a_handling_link, a_user
from tests.reader import Reader
from tracker import clock
from tracker.database import db
from tracker.people.models import BodyCode
from tracker.people.office_code import make_code
from tracker.roles import Role
from tracker.structure.models import Body, Officer
from tracker.suggestion.journey import Standing

NAME = {"acting_name": "吴经办"}
ASKS = "Code of your office"


@pytest.fixture
def link(case):
    """The handler's address is marked as read by several people."""
    for officer in db.session.scalars(sa.select(Officer).where(Officer.body_id == case.lead.body_id)):
        officer.shared = True
    address = a_handling_link(case.lead)
    db.session.commit()
    return address


@pytest.fixture
def code(case, link):
    made = make_code(db.session.get_one(Body, case.lead.body_id), by=case.by_office, at=clock.now())
    db.session.commit()
    return made


def standing(case):
    db.session.expire_all()
    return case.lead.standing


def test_reading_needs_no_code(link, reader):
    assert reader.read(link).status == 200
    assert ASKS in reader.read(f"{link}/receipt").text


def test_without_a_code_nothing_is_submitted_and_what_was_typed_stays(case, link, code, reader):
    reader.read(f"{link}/progress")
    page = reader.send(f"{link}/progress", {**NAME, "on": str(ON), "text": "已现场踏勘"})
    assert "give the code of your office" in page.text
    assert "已现场踏勘" in page.html
    reader.read(f"{link}/receipt")
    assert "not the code" in reader.send(f"{link}/receipt", {**NAME, "office_code": "12"}).text
    assert standing(case) is Standing.ASSIGNED


def test_it_is_asked_once_a_day_in_each_browser(case, link, code, reader, app, stopped_clock):
    reader.read(f"{link}/receipt")
    reader.send(f"{link}/receipt", {**NAME, "office_code": f" {code[:3]} {code[3:]}"})
    assert standing(case) is Standing.RECEIVED
    assert ASKS not in reader.read(f"{link}/progress").text
    assert ASKS in Reader(app).read(f"{link}/progress").text
    stopped_clock(ON + timedelta(days=1))
    assert ASKS in reader.read(f"{link}/progress").text


def test_guessing_is_stopped_after_some_tries(case, link, code, reader):
    reader.read(f"{link}/receipt")
    for _try in range(8):
        reader.send(f"{link}/receipt", {**NAME, "office_code": "wrong"})
    page = reader.send(f"{link}/receipt", {**NAME, "office_code": code})
    assert "Too many tries" in page.text
    assert standing(case) is Standing.ASSIGNED


def test_an_office_without_a_code_is_told_whom_to_ask(link, reader):
    reader.read(f"{link}/receipt")
    assert "no code yet" in reader.send(f"{link}/receipt", {**NAME, "office_code": "123456"}).text


def test_the_office_makes_it_and_it_is_shown_once_and_kept_as_a_hash(case, office, reader):
    address = f"/bodies/{case.lead.body_id}/code"
    office.read(address)
    page = office.send(address, {})
    kept = db.session.get_one(BodyCode, case.lead.body_id)
    [code] = [word for word in page.text.replace(".", " ").split() if word.isdigit() and len(word) == 6]
    assert code not in kept.code_hash
    assert code not in office.read(address).text


def test_a_bodys_leader_makes_only_his_own(case, reader):
    body = a_body(case.congress, "别局")
    leader = a_user(case.congress, Role.BODY_LEADER, body_id=case.lead.body_id)
    db.session.commit()
    visitor = reader.signed_in_as(leader)
    assert visitor.read(f"/bodies/{case.lead.body_id}/code").status == 200
    visitor.read(f"/bodies/{body.id}/code", expect=404)


def test_where_one_person_reads_the_mailbox_no_code_is_asked(case, reader):
    address = a_handling_link(case.lead)
    db.session.commit()
    assert ASKS not in reader.read(f"{address}/receipt").text
