"""A suggestion's page: facts, clocks, every stage's panel, the whole history, each as far as one may see it."""

from datetime import date

import pytest

from tests.register.city import DUE_ON, build
from tests.register.test_list import statements
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.roles import Role
from tracker.suggestion.actions import make


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(date(2026, 3, 12))
    return build()


def test_it_tells_what_the_form_says_and_what_happened(city, reader):
    one = city.handed_over()
    text = reader.signed_in_as(city.user(Role.OFFICE_CLERK)).read("register.show", suggestion_id=one.id).text
    for told in (
        "王秀英",
        "老年人就餐困难。",
        "East",
        "Assigned to Roads",
        "Handed over, document 临常办〔2026〕3号",
        "周文静",
    ):
        assert told in text
    assert DUE_ON.isoformat() in text
    assert "The first day, 2026-03-04, is not counted" in text


def test_a_body_sees_only_the_clocks_of_its_own(city, reader):
    one = city.handed_over("甲", roads=Part.SEPARATE, court=Part.SEPARATE)
    page = reader.signed_in_as(city.user(Role.BODY_HANDLER, "roads")).read("register.show", suggestion_id=one.id)
    whose = {cell.text for cell in page.all("td") if cell["data-label"] == "Whose"}
    assert whose == {"Roads"}


def test_a_deputy_sees_neither_the_ladder_nor_what_offices_owe_each_other(city, reader):
    one = city.record()
    [assignment] = city.hand_over(one)
    make("alarm", one, assignment, by=SYSTEM, on=date(2026, 3, 12), step=2)
    db.session.commit()
    mine = city.user(Role.DEPUTY, deputy=city.deputy)
    text = reader.signed_in_as(mine).read("register.show", suggestion_id=one.id).text
    assert "Step 2" not in text
    assert "signing for it" not in text
    assert "reply" in text
    clerk = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    assert "Step 2" in clerk.read("register.show", suggestion_id=one.id).text


def test_what_is_not_ones_own_is_not_found(city, reader):
    one = city.handed_over("甲", court=Part.SOLE)
    other = reader.signed_in_as(city.user(Role.BODY_HANDLER, "roads"))
    other.read("register.show", suggestion_id=one.id, expect=404)
    other.read("register.print", suggestion_id=one.id, expect=404)


def test_it_prints_the_same(city, reader):
    one = city.handed_over()
    text = reader.signed_in_as(city.user(Role.OFFICE_CLERK)).read("register.print", suggestion_id=one.id).text
    assert one.title in text
    assert "Assigned to Roads" in text


def test_a_long_history_takes_no_more_statements(city, reader, app):
    one = city.record()
    [assignment] = city.hand_over(one)
    clerk = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    few = statements(app, lambda: clerk.read("register.show", suggestion_id=one.id))
    for _n in range(40):
        make("contact", one, assignment, by=SYSTEM, on=date(2026, 3, 12), manner="phone", person="王秀英")
    db.session.commit()
    many = statements(app, lambda: clerk.read("register.show", suggestion_id=one.id))
    assert len(many) == len(few)
    assert len(many) <= 26, many
