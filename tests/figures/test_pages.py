"""The pages of figures: what each reader sees of them, and the list behind every number."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
import sqlalchemy as sa

from tests.figures.town import IN_TIME, LATE, TODAY, a_town, told
from tests.makers import a_user, assignments_of, entered
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.figures import seen
from tracker.figures.measure import Unit
from tracker.figures.measures import MEASURES
from tracker.figures.models import BodyStatement, Dimension, Reckoning
from tracker.figures.seen import Cell
from tracker.figures.tables import rows
from tracker.roles import Role
from tracker.structure import actions as structure
from tracker.structure.models import Pairing

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def town(session, stopped_clock):
    """Three answered late by one body, one in time by another, one not at all."""
    town = a_town()
    for name, days in (("丁局", [LATE] * 3), ("甲局", [IN_TIME]), ("乙局", [None])):
        for on in days:
            [assignment] = assignments_of(town.handed((name, Part.SOLE)))
            if on:
                town.answered(assignment, on)
    town.counted()
    db.session.commit()
    stopped_clock(TODAY)
    return town


@pytest.fixture
def signed_in(town, reader):
    def as_(role, name=""):
        of = {"body_id": town.body(name).id} if name else {}
        user = a_user(town.congress, role, **of)
        db.session.commit()
        return reader.signed_in_as(user)

    return as_


def test_every_table_opens_and_each_is_explained(town, signed_in):
    clerk = signed_in(Role.OFFICE_LEADER)
    for by, group in (*((by, "time") for by in Dimension), ("delegation", "items"), ("body", "satisfaction")):
        page = clerk.read("figures.index", by=by, group=group)
        assert page.status == 200
        assert "Figures frozen at 2026-09-15" in page.text
    assert "Too few to compare" in page.text
    assert "no extension changes this" in clerk.read("figures.measures").text
    [row] = clerk.read("figures.by_level").rows()
    assert row.startswith("City 1")
    assert clerk.read("figures.body", body_id=town.body("甲局").id).status == 200


def test_behind_every_number_stand_as_many_items(session):
    few = ("items", "received", "late_original", "promises_missed")
    with told(a_town()) as town:
        made, clerk = town.counted(), a_user(town.congress, Role.OFFICE_CLERK)
        for dimension in Dimension:
            of_all = dimension is Dimension.WHOLE
            for row in rows(made, dimension):
                for name in MEASURES if of_all else few:
                    found = db.session.execute(seen.behind(clerk, Cell(name, dimension, row.key))).all()
                    assert how_many(found, name) == row[name], (dimension, row.key, name)


def how_many(found, name):
    if name == "items":
        return len({one.suggestion_id for one in found})
    is_plain = MEASURES[name].unit in (Unit.ITEMS, Unit.PARTS)
    return len(found) if is_plain else sum(one.number_of for one in found)


def test_the_list_behind_a_number_leads_to_the_items(town, signed_in):
    clerk = signed_in(Role.OFFICE_CLERK)
    page = clerk.read("figures.items", measure="late_original", by="body", key=str(town.body("丁局").id))
    assert page.heading == "Late, first day: 丁局"
    assert len(page.rows()) == 3
    assert any(url.startswith("/suggestions/") for url in page.links().values())


def test_a_body_reads_its_own_figures_and_no_others(town, signed_in):
    own, other = town.body("甲局").id, town.body("乙局").id
    handler = signed_in(Role.BODY_HANDLER, "甲局")
    page = handler.read("figures.index", by="delegation")
    assert [row.split()[0] for row in page.rows() if "局" in row] == ["甲局"]
    handler.read("figures.body", expect=404, body_id=other)
    handler.read("figures.items", expect=404, measure="main", by="body", key=str(other))
    handler.read("figures.items", expect=404, measure="main", by="branch", key="government")
    for of in ({"by": "body", "key": str(own)}, {"by": "whole"}):
        listed = handler.read("figures.items", measure="main", **of)
        assert ["甲局" in row for row in listed.rows()] == [True]


def test_a_committee_reads_the_bodies_it_is_paired_with(town, signed_in):
    committee = structure.add_body(town.congress.id, "财经委", "congress", is_committee=True, **entered())
    town.bodies["财经委"] = committee
    db.session.add(Pairing(committee_id=committee.id, body_id=town.body("乙局").id))
    page = signed_in(Role.COMMITTEE, "财经委").read("figures.index")
    assert [row.split()[0] for row in page.rows() if "局" in row] == ["乙局"]
    assert "甲局" not in page.text


def test_what_a_body_says_stands_beside_its_figures_and_is_never_overwritten(town, signed_in):
    body_id = town.body("丁局").id
    handler = signed_in(Role.BODY_LEADER, "丁局")
    for text in ("汛期施工。", "汛期施工，十月完工。"):
        page = handler.send(handler.read("figures.state", body_id=body_id).response.request.path, {"text": text})
    assert "汛期施工，十月完工。" in page.text
    assert "Version 1" in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BodyStatement)) == 2
    assert "The body says (2026-09-15): 汛期施工，十月完工。" in signed_in(Role.LEADER).read("figures.index").text
    assert signed_in(Role.BODY_HANDLER, "甲局").read("figures.state", expect=404, body_id=body_id).status == 404


def test_a_files_cells_hold_what_the_page_shows(town, signed_in):
    leader = signed_in(Role.LEADER)
    sheet = openpyxl.load_workbook(BytesIO(leader.read("figures.index", format="xlsx").response.data)).active
    table = list(csv.reader(StringIO(leader.read("figures.index", format="csv").response.data.decode("utf-8-sig"))))
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == table
    late = table[0].index("Late, first day (item-bodies)")
    [ding] = [row for row in table if row[0] == "丁局"]
    assert ding[late : late + 2] == ["3", "3"]
    assert ding[1] == "too few to compare"


def test_the_office_counts_now_and_chooses_the_minimum(town, signed_in):
    assert "Counted." in signed_in(Role.OFFICE_CLERK).send("/figures/counts", {}).text
    assert db.session.scalars(sa.select(Reckoning.kept).order_by(Reckoning.id)).all() == [False, True]
    leader = signed_in(Role.OFFICE_LEADER)
    assert "Choose a number from 1 to 100." in leader.send("/figures/minimum", {"minimum": "0"}).text
    assert "Too few to compare" not in leader.send("/figures/minimum", {"minimum": "1"}).text


def test_an_earlier_count_keeps_its_numbers_without_lists(town, signed_in):
    first = db.session.scalars(sa.select(Reckoning)).one()
    town.counted()
    db.session.commit()
    page = signed_in(Role.OFFICE_CLERK).read("figures.index", count=first.id)
    assert "This is an earlier count" in page.text
    assert not any(url.startswith("/figures/items") for url in page.links().values())


def test_an_address_that_means_nothing_shows_nothing(signed_in):
    clerk = signed_in(Role.OFFICE_CLERK)
    for of in ({"by": "branch", "key": "foo"}, {"by": "body", "key": "²"}, {"by": "meeting", "key": "9" * 30}):
        assert clerk.read("figures.items", measure="main", **of).rows() == []
    for period in ("year:²", "year:99999999999", "meeting:", "x"):
        assert clerk.read("figures.index", period=period).status == 200
        assert clerk.read("figures.items", period=period).status == 200
