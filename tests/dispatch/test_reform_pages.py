"""The pages of a reform and of other ledgers' numbers, as the office sees them."""

from datetime import date
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from tests import makers
from tests.dispatch.office import DAY_0
from tracker.dispatch.models import OtherNumber
from tracker.people.office_code import make_code
from tracker.structure.actions import add_body, add_congress
from tracker.structure.models import Body, Branch, Level, Succession


@pytest.fixture
def clerk(office, reader):
    return reader.signed_in_as(office.users["clerk"])


def the_reform(office, **more):
    asked = {"kind": "renamed", "new_names": "市交通运输局", "on": DAY_0.isoformat(), "document_number": "3号", **more}
    address = f"/bodies/{office.bodies['roads'].id}/reform"
    return address, f"{address}?{urlencode(asked)}", asked


def test_the_page_asks_first_shows_what_would_move_and_then_moves_it(office, clerk, session):
    [assignment] = office.given("roads")
    address, preview, _asked = the_reform(office)
    clerk.read(address)
    shown = clerk.read(preview)
    assert any(office.suggestion.title in row and "市交通运输局" in row for row in shown.rows())
    assert session.scalar(sa.select(sa.func.count(Succession.id))) == 0
    assert clerk.send(address).heading == "市交通运输局"
    new = session.scalars(sa.select(Body).where(Body.name == "市交通运输局")).one()
    session.refresh(assignment)
    assert assignment.body_id == new.id
    page = clerk.read(f"/suggestions/{office.suggestion.id}").text
    assert "Passed from 市交通局 to its successor 市交通运输局" in page


def test_the_page_says_what_becomes_of_the_offices_code(office, clerk, session):
    make_code(office.bodies["roads"], **makers.entered())
    session.commit()
    address, preview, _asked = the_reform(office)
    clerk.read(preview)
    assert "The office code goes on" in clerk.send(address).text


def test_a_split_asks_for_every_item_where_it_goes(office, clerk, session):
    [assignment] = office.given("roads")
    address, preview, _asked = the_reform(office, kind="split", new_names="市公路局\n市港航局")
    shown = clerk.read(preview)
    assert f"to-{assignment.id}" in [one["name"] for one in shown.all("select")]
    clerk.send(address, {f"to-{assignment.id}": "1"})
    session.refresh(assignment)
    assert session.get_one(Body, assignment.body_id).name == "市港航局"


def test_what_does_not_fit_is_said_and_nothing_moves(office, clerk, session):
    address, preview, asked = the_reform(office, kind="split")
    assert "split into at least two" in clerk.read(preview).text
    assert "split into at least two" in clerk.send(address, asked).text
    assert session.scalar(sa.select(sa.func.count(Succession.id))) == 0


@pytest.mark.parametrize("who", ["roads", "hub"])
def test_only_the_office_reforms(office, reader, who):
    address, preview, asked = the_reform(office)
    other = reader.signed_in_as(office.users[who])
    other.read(preview, expect=403)
    other.send(address, asked, expect=403)


def test_a_body_of_another_congress_is_not_found(office, clerk):
    other = add_congress("江南县人民代表大会", Level.COUNTY, rules_name="default", **makers.entered())
    body = add_body(other.id, "县交通局", Branch.GOVERNMENT, **makers.entered())
    clerk.read(f"/bodies/{body.id}/reform", expect=404)


def test_the_number_of_another_ledger_is_written_down_shown_and_struck(office, clerk, session):
    [assignment] = office.given("roads")
    address = f"/suggestions/{office.suggestion.id}/other-numbers"
    clerk.read(address)
    sent = {"ledger": "江南县人大", "number": "县2026-17", "assignment_id": str(assignment.id)}
    assert any("县2026-17" in row for row in clerk.send(address, sent).rows())
    row = session.scalars(sa.select(OtherNumber)).one()
    assert row.assignment_id == assignment.id
    assert "江南县人大: no. 县2026-17" in clerk.read(f"/suggestions/{office.suggestion.id}").text
    clerk.read(address)
    assert "written down already" in clerk.send(address, sent).text
    clerk.read(address)
    clerk.send(f"{address}/{row.id}/end")
    assert session.scalar(sa.select(sa.func.count(OtherNumber.id))) == 0


def test_the_day_of_the_reform_may_lie_before_today(office, reader, session, stopped_clock):
    stopped_clock(date(2026, 3, 20))
    clerk = reader.signed_in_as(office.users["clerk"])
    address, preview, _asked = the_reform(office)
    clerk.read(preview)
    clerk.send(address)
    session.expire_all()
    assert session.get_one(Body, office.bodies["roads"].id).closed_on == DAY_0
