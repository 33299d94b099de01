"""The pages: a picture with its numbers, the list behind each, what each role sees, and charts in the workbook."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from tests.pictures.city import MONDAY, a_city
from tests.register.test_list import statements
from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.figures import actions as figures
from tracker.figures.statements import state
from tracker.roles import Role
from tracker.web.sheets import KIND

PICTURES = ["week", "lights", "ages", "bodies", "promised", "years"]


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(MONDAY)
    made = a_city()
    figures.count(made.city.congress, by=SYSTEM, on=MONDAY, at=clock.now())
    made.frozen()
    return made


@pytest.mark.engines("sqlite")
def test_a_leader_opens_every_picture_and_each_has_title_description_and_table(city, reader):
    leader = reader.signed_in_as(city.user(Role.LEADER))
    shown = leader.read("pictures.index").links()
    for name in PICTURES:
        page = leader.read(f"pictures.{name}")
        assert page.heading in shown
        drawn = re.findall(r'<svg class="chart-picture" role="img".*?</svg>', page.html, re.DOTALL)
        assert all("<title" in one and "<desc" in one for one in drawn)
        assert len(drawn) <= len(re.findall(r'<details class="chart-numbers"', page.html)) + len(page.all("li"))
        assert "style=" not in page.html


@pytest.mark.engines("sqlite")
def test_the_numbers_of_the_week_open_lists_as_long(city, reader):
    office = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    page = office.read("pictures.week")
    links = [(int(link.text), link["href"]) for link in page.all("a") if link["href"].startswith("/pictures/open?")]
    assert len(links) >= 5
    for number, url in links:
        assert f"{number} in all" in office.read(url).text


@pytest.mark.engines("sqlite")
def test_a_body_sees_its_own_and_not_the_week_of_all(city, reader):
    court = reader.signed_in_as(city.user(Role.BODY_HANDLER, "court"))
    court.read("pictures.week", expect=403)
    assert "The week on one page" not in court.read("pictures.index").text
    assert [row for row in court.read("pictures.open_replies").rows() if "court" in row] != []
    for name in ("open_replies", "bodies", "lights", "ages"):
        text = court.read(f"pictures.{name}").text
        assert "roads" not in text
        assert "路灯太暗" not in text


@pytest.mark.engines("sqlite")
def test_a_list_asked_for_nonsense_shows_all(city, reader):
    office = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    asked = {"light": "blue", "late": "x", "branch": "moon", "since": "99", "over": "-1", "body": "٣"}
    assert "6 in all" in office.read("pictures.open_replies", **asked).text


@pytest.mark.engines("sqlite")
def test_before_anything_is_counted_or_frozen_the_pages_say_so(session, stopped_clock, reader):
    stopped_clock(MONDAY)
    empty = a_city()
    office = reader.signed_in_as(empty.user(Role.OFFICE_CLERK))
    for name in PICTURES:
        office.read(f"pictures.{name}")
    assert "Nothing has been counted yet." in office.read("pictures.bodies").text


@pytest.mark.engines("sqlite")
def test_every_workbook_has_the_numbers_as_numbers_and_a_chart_for_each_sheet(city, reader):
    office = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    for name in PICTURES:
        taken = office.read(f"pictures.{name}", format="xlsx").response
        assert taken.mimetype == KIND
        book = openpyxl.load_workbook(BytesIO(taken.data))
        cells = [cell.value for sheet in book for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row]
        assert {type(value) for value in cells} <= {int, type(None)}
        with ZipFile(BytesIO(taken.data)) as parts:
            charts = [part for part in parts.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", part)]
        assert len(charts) == len([sheet for sheet in book if sheet.max_row > 1])


@pytest.mark.engines("sqlite")
def test_a_chart_reads_the_cells_of_its_own_sheet(city, reader):
    office = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    book = openpyxl.load_workbook(BytesIO(office.read("pictures.lights", format="xlsx").response.data))
    assert [[type(chart).__name__ for chart in sheet._charts] for sheet in book] == [["BarChart"], ["LineChart"]]
    [stacked] = book.worksheets[0]._charts
    rows = book.worksheets[0].max_row
    assert stacked.series[0].val.numRef.f.replace("$", "").endswith(f"!B2:B{rows}")
    db.session.rollback()


ASKED = {"week": 6, "lights": 4, "ages": 2, "open_replies": 6, "promised": 2, "bodies": 8, "years": 2}


@pytest.mark.engines("sqlite")
def test_a_page_asks_as_often_for_twice_the_rows(city, reader, app):
    office = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    few = {name: len(statements(app, lambda name=name: office.read(f"pictures.{name}"))) for name in ASKED}
    for number in range(6):
        city.owing("roads", first=MONDAY - timedelta(days=number))
    db.session.commit()
    many = {name: len(statements(app, lambda name=name: office.read(f"pictures.{name}"))) for name in ASKED}
    assert (few, many) == (ASKED, ASKED)


@pytest.mark.engines("sqlite")
def test_the_numbers_of_a_body_open_what_was_counted_and_what_it_says_stands_beside_them(city, reader):
    body = city.city.body("roads")
    state(body, "三件均因征地未完成而延期。", by=SYSTEM, on=MONDAY, at=clock.now())
    db.session.commit()
    office = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    page = office.read("pictures.bodies")
    assert "The body says: 三件均因征地未完成而延期。" in page.text
    links = [(int(link.text), link["href"]) for link in page.all("a") if link["href"].startswith("/figures/items?")]
    assert len(links) >= 4
    for number, url in links:
        assert f"{number} in all" in office.read(url).text
