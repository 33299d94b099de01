"""The pages of absences, cards, congresses, reforms and the workbook; what is stale is refused."""

from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa

from tests.structure.conftest import ACTING
from tracker.roles import Role
from tracker.structure import actions, cards
from tracker.structure.models import Congress, Deputy, Officer, Rank
from tracker.web.sheets import Sheet, book

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def term(city):
    return actions.add_term(city.id, 9, date(2022, 1, 10), **ACTING)


def test_an_absence_is_entered_and_shown_with_the_substitute(clerk, city, session):
    other = actions.add_officer(city.id, "李四", Rank.HEAD, body_id=city.schools.id, **ACTING)
    officer = actions.add_officer(city.id, "孙三", Rank.HANDLER, body_id=city.schools.id, **ACTING)
    page = clerk.read("structure.amend_officer", officer_id=officer.id)
    sent = {**page.values(), "rank": "handler", "body_id": str(city.schools.id), "channel": "mail", "language": "en"}
    sent |= {"active": "y", "absent_from_on": "2026-01-01", "substitute_id": str(other.id)}
    page = clerk.send("structure.amend_officer", sent, officer_id=officer.id)
    assert any("absent from 2026-01-01" in row and "letters go to 李四" in row for row in page.rows())
    assert "absent from 2026-01-01" in clerk.read("structure.officers").text


def test_a_form_that_is_stale_says_so_and_saves_nothing(clerk, reader, city, session):
    clerk.read("structure.amend_body", body_id=city.schools.id)
    actions.amend_body(city.schools, short_name="教局", **ACTING)
    session.commit()
    sent = {"name": "市教育体育局", "branch": "government", "hub_id": "0", "parent_id": "0"}
    page = clerk.send("structure.amend_body", sent, body_id=city.schools.id)
    assert "since you opened it" in page.text
    session.expire_all()
    assert (city.schools.name, city.schools.short_name) == ("市教育局", "教局")


def test_a_deputy_is_elected_again_and_the_earlier_card_is_shown(clerk, city, term, session):
    tenth = actions.add_term(city.id, 10, date(2025, 1, 10), **ACTING)
    wang = actions.add_deputy(city.id, "王一", term_id=term.id, card_number="0001", **ACTING)
    clerk.read("structure.cards", deputy_id=wang.id)
    sent = {"term_id": str(tenth.id), "card_number": "0108", "delegation_id": str(city.north.id)}
    page = clerk.send("structure.new_card", sent, deputy_id=wang.id)
    assert [row[:2] for row in page.rows()] == ["10", "9 "]
    again = clerk.send("structure.new_card", sent, deputy_id=wang.id)
    assert "has a card in this term already" in again.text
    new = session.scalars(sa.select(Deputy).where(Deputy.card_number == "0108")).one()
    clerk.send("structure.part_card", deputy_id=new.id)
    clerk.read("structure.cards", deputy_id=wang.id)
    page = clerk.send("structure.join_card", deputy_id=wang.id, other_id=new.id)
    session.expire_all()
    assert [one.id for one in cards.cards(wang)] == [new.id, wang.id]
    assert "Suggestions" in page.links()


def test_earlier_mandates_end_from_the_overview(clerk, city, term, session):
    actions.add_deputy(city.id, "王一", term_id=term.id, **ACTING)
    tenth = actions.add_term(city.id, 10, date(2025, 1, 10), **ACTING)
    clerk.read("structure.index")
    assert "1 mandates" in clerk.send("structure.begin_term", term_id=tenth.id).text


def test_the_administrator_adds_a_congress_below(reader, city, session):
    admin = reader.signed_in_as(city.person(Role.ADMIN))
    admin.read("structure.add_congress")
    sent = {"name": "石桥镇人大", "level": "township", "parent_id": str(city.id)}
    page = admin.send("structure.add_congress", sent)
    assert any("石桥镇人大" in row and "Township" in row for row in page.rows())
    below = session.scalars(sa.select(Congress).where(Congress.parent_id == city.id)).one()
    own = reader.signed_in_as(_clerk_of(below))
    assert "Presidium" in own.read("structure.index").text
    assert "Standing committee" in admin.read("structure.index").text


def _clerk_of(congress):
    from tracker.people.actions import add_user

    return add_user("town@city.example", "镇办", Role.OFFICE_CLERK, congress_id=congress.id, **ACTING)


def upload(rows, title="代表", headers=("姓名", "代表证号")):
    return BytesIO(book([Sheet(title, list(headers), rows)])), "结构.xlsx"


def test_a_workbook_is_looked_at_before_it_is_taken_in(clerk, city, session):
    clerk.read("structure.take_in")
    page = clerk.send("structure.take_in", {"file": upload([["王一", "0001"]]), "act": "look"})
    assert any("王一" in row and "added" in row for row in page.rows())
    assert session.scalar(sa.select(sa.func.count(Deputy.id))) == 0
    session.rollback()
    clerk.send("structure.take_in", {"file": upload([["王一", "0001"]]), "act": "take"})
    assert session.scalar(sa.select(sa.func.count(Deputy.id))) == 1


def test_one_wrong_row_is_named_and_nothing_is_taken_in(clerk, city, session):
    clerk.read("structure.take_in")
    rows = [["王一", "市教育局"], ["李二", "市气象局"]]
    page = clerk.send("structure.take_in", {"file": upload(rows, "联系人", ("姓名", "单位")), "act": "take"})
    assert any("3" in row and "市气象局" in row for row in page.rows())
    assert session.scalar(sa.select(sa.func.count(Officer.id))) == 0


def test_a_file_that_is_no_workbook_gets_a_sentence(clerk):
    clerk.read("structure.take_in")
    page = clerk.send("structure.take_in", {"file": (BytesIO(b"PK\x03\x04broken"), "x.xlsx"), "act": "take"})
    assert "The file is damaged" in page.text
    assert "Choose the workbook" in clerk.send("structure.take_in", {"act": "look"}).text


def test_the_workbook_as_it_stands_changes_nothing_when_it_comes_back(clerk, city, session):
    kept = clerk.read("structure.whole").response.data
    clerk.read("structure.take_in")
    page = clerk.send("structure.take_in", {"file": (BytesIO(kept), "结构.xlsx"), "act": "take"})
    assert "0 added, 0 updated" in page.text
