"""The register leaves the screen: as a ledger of the office, and on paper."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from tests.register.city import City, build
from tests.register.test_list import statements
from tracker.audit.models import Trace
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.ledgers.layouts import layouts
from tracker.roles import Role


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(date(2026, 3, 12))
    return build()


@pytest.fixture
def clerk(city, reader):
    return reader.signed_in_as(city.user(Role.OFFICE_CLERK))


def sheet(page) -> list[list[str]]:
    book = openpyxl.load_workbook(BytesIO(page.response.data))
    return [[value or "" for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]


def test_the_list_offers_every_layout(city, clerk):
    city.record()
    links = clerk.read("register.index", q="养老").links()
    for layout in layouts():
        assert any("layout=" + layout.key in url and "q=" in url for url in links.values()), layout.key


def test_a_ledger_holds_what_the_filters_hold(city, clerk, session):
    one = city.handed_over("关于养老的建议", roads=Part.LEAD, schools=Part.CO)
    city.record("关于公交的建议")
    rows = sheet(clerk.read("register.download", q="养老", layout="handling-list"))
    assert rows[0][0] == f"{city.meeting.name}代表建议办理情况公示"
    assert [row[0] for row in rows[2:]] == [one.number]
    assert rows[2][3] == "、".join(city.bodies[name].name for name in ("roads", "schools"))
    session.rollback()
    kept = db.session.scalars(sa.select(Trace.facts).where(Trace.act == "export")).one()
    assert kept == {"what": "register", "rows": 1, "filters": {"q": "养老", "layout": "handling-list"}}


def test_a_layout_there_is_not_is_not_found(city, clerk):
    clerk.read("register.download", layout="nowhere", expect=404)


def test_a_body_takes_its_own_only(city, reader):
    city.handed_over("关于道路的建议")
    other = city.record("关于公交的建议")
    body = reader.signed_in_as(city.user(Role.BODY_HANDLER, "roads"))
    rows = sheet(body.read("register.download", layout="catalogue"))
    assert len(rows) == 4
    assert other.number not in {row[0] for row in rows}


def test_on_paper_stand_the_filters_in_words_and_all_pages(city, clerk):
    made = {city.record(f"关于养老的建议{n}").number for n in range(30)}
    city.record("关于公交的建议")
    page = clerk.read("register.print_list", q="养老", stage="recorded", key="")
    assert {row.split()[0] for row in page.rows()} == made
    for words in ("养老", "30 suggestions", "Newest first", "Recorded"):
        assert words in page.text
    assert "paper-wide" in page.html


def test_on_paper_an_internal_matter_has_no_title(city, clerk):
    city.record("关于某某的建议", internal=True)
    assert "某某" not in clerk.read("register.print_list").text


@pytest.mark.engines("sqlite")
def test_more_rows_on_paper_take_no_more_statements(city, clerk, app):
    city.handed_over()
    few = statements(app, lambda: clerk.read("register.print_list"))
    for number in range(8):
        city.handed_over(f"关于道路的建议{number}", roads=Part.LEAD, schools=Part.CO)
    many = statements(app, lambda: clerk.read("register.print_list"))
    assert len(many) == len(few) <= 16
