"""The pages: where time goes, what bodies pass to each other, and one suggestion's path."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from tests.held.city import a_city_with_everything
from tests.register.test_list import statements
from tracker.database import db
from tracker.held import jobs
from tracker.held.models import Passed, Stay
from tracker.roles import Role
from tracker.suggestion.models import Suggestion

TODAY = date(2026, 6, 22)
pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(TODAY)
    return a_city_with_everything()


def the(title):
    return db.session.scalars(sa.select(Suggestion).where(Suggestion.title == title)).one()


def path_of(reader, title):
    return reader.read("held.path", suggestion_id=the(title).id)


def test_our_own_office_stands_first_and_every_number_opens_its_list(city, reader, app):
    office = reader.signed_in_as(city.city.user(Role.OFFICE_CLERK))
    assert "being reckoned" in office.read("/figures/held").text
    jobs.reckon_held(TODAY)
    first, *others = office.read("/figures/held").rows()
    assert first.startswith("Our own office")
    assert "recording, and handing over" in others[0]
    lasting = sa.select(sa.func.count(Stay.id)).where(
        Stay.holder == "office", Stay.is_whole, Stay.since_on.is_not(None)
    )
    listed = office.read("/figures/held/items?holder=office").rows()
    assert len(listed) == db.session.scalar(lasting)
    assert str(len(listed)) in first
    gone = office.read("/figures/held/items?holder=office&gone=1").rows()
    assert f" {len(listed) + len(gone)} {len(gone)} {len(listed)} " in first
    assert office.read("/figures/held/items?holder=office&task=reading").rows()
    office.read("/figures/held/items?holder=nobody", expect=404)
    bodies = office.read("/figures/held/bodies").rows()
    assert [row.split()[0] for row in bodies] == ["Roads", "Schools", "Court", "Hub"]
    assert len(statements(app, lambda: office.read("/figures/held"))) <= 16


def test_a_cell_between_two_bodies_opens_its_suggestions_and_each_reads_of_his_own(city, reader):
    jobs.reckon_held(TODAY)
    office = reader.signed_in_as(city.city.user(Role.OFFICE_CLERK))
    assert "Passed on in all: 3 times" in office.read("/figures/passing").text
    roads, schools = (city.city.bodies[name].id for name in ("roads", "schools"))
    listed = office.read(f"/figures/passing/items?from={roads}&to={schools}").rows()
    counted = sa.select(sa.func.count(Passed.id)).where(Passed.from_body_id == roads, Passed.to_body_id == schools)
    assert len(listed) == db.session.scalar(counted) == 2
    assert any("退办改办" in row and "Returned" in row for row in listed)
    hub = reader.signed_in_as(city.city.user(Role.HUB, "hub"))
    assert "Court" not in " ".join(hub.read("/figures/held/bodies").rows())
    committee = reader.signed_in_as(city.city.user(Role.COMMITTEE, "court"))  # paired with nobody
    assert committee.read("/figures/held/bodies").rows() == []
    assert "Nothing was passed on" in committee.read("/figures/passing").text


def test_the_path_shows_every_holder_in_the_picture_and_in_the_table_and_a_body_its_own_part(city, reader):
    office = reader.signed_in_as(city.city.user(Role.OFFICE_CLERK))
    assert "Path" in office.read("register.show", suggestion_id=the("退办改办").id).links()
    page = path_of(office, "退办改办")
    [drawing] = re.findall(r'<svg class="lanes-drawing".*?</svg>', page.html, re.DOTALL)
    for who in ("Our own office", "Hub", "Roads", "Schools"):
        assert who in drawing
        assert any(row.startswith(who) for row in page.rows())
    assert re.search(r"<title id=.*<desc id=", drawing, re.DOTALL)
    assert "Returned on 2026-03-18: from Roads to Schools; by then 12 calendar days had passed." in page.text
    assert "12 calendar days were lost before it came to its last body" in page.text
    merged = path_of(office, "并入")
    assert "It was merged and is handled with" in merged.text
    own, main = [row for row in merged.rows() if row.startswith("Our own office recording")]
    assert "2026-03-02 2026-03-03" in own
    assert "2026-03-03 there now" in main
    assert "lanes-round" in path_of(office, "重办").html.split("lanes-key")[0]
    assert "deciding an extension" in path_of(office, "要求延期").text
    helping = path_of(reader.signed_in_as(city.city.user(Role.BODY_HANDLER, "schools")), "要求延期")
    turns = [row.split()[0] for row in helping.rows() if " 1 2026" in row]
    assert turns == ["Our", "Schools"]
    court = reader.signed_in_as(city.city.user(Role.BODY_HANDLER, "court"))
    court.read("held.path", expect=404, suggestion_id=the("要求延期").id)
