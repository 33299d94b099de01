"""The page says in one line whether the record is as it was, to everybody who may read the suggestion."""

import pytest
import sqlalchemy as sa

from tests import makers
from tracker.roles import Role
from tracker.suggestion.models import Suggestion

pytestmark = pytest.mark.engines("sqlite")
NAMED = {"suggestion_id": 1}


def test_verified_and_where_it_is_found(case, reader):
    clerk = reader.signed_in_as(case.clerk)
    suggestion = clerk.read("register.show", **NAMED)
    assert "/suggestions/1/record" in suggestion.response.text
    page = clerk.read("proof.record", **NAMED)
    assert "Verified: everything sealed so far is as it was." in page.text
    assert not [row for row in page.rows() if "Not in order" in row]


def test_not_in_order_is_said_and_what_it_is(case, reader, session):
    session.execute(sa.text("update rating set comment = '还没装好'"))
    session.commit()
    page = reader.signed_in_as(case.clerk).read("proof.record", **NAMED)
    assert "Please tell the administrator" in page.text
    [row] = [row for row in page.rows() if "Not in order" in row]
    assert "altered" in row
    assert "还没装好" not in page.text


def test_who_does_not_see_the_suggestion_does_not_see_its_record(case, reader, session):
    other = makers.a_body(case.congress, "市水务局")
    handler = makers.a_user(case.congress, Role.BODY_HANDLER, body_id=other.id)
    session.commit()
    reader.signed_in_as(handler).read("proof.record", **NAMED, expect=404)
    session.get_one(Suggestion, 1).internal = True
    session.commit()
    reader.signed_in_as(makers.a_user(case.congress, Role.AUDITOR)).read("proof.record", **NAMED, expect=404)


def test_before_the_first_night_nothing_is_claimed(session, stopped_clock, reader):
    stopped_clock(makers.HANDED_OVER_ON)
    case = makers.a_case()
    session.commit()
    page = reader.signed_in_as(case.clerk).read("proof.record", suggestion_id=case.suggestion.id)
    assert "Nothing of it is sealed yet" in page.text
    assert "Verified" not in page.text
