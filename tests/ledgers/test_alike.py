"""The report of a ledger names the rows that are like an earlier suggestion, in parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledgers.sheets_made import xlsx
from tests.ledgers.test_pages import HEADER, ROW, answers_of, sent, where
from tests.register.test_list import statements
from tests.small_city import SmallCity, small_city
from tracker.database import db
from tracker.deadlines.queries import rule_set_in_force
from tracker.intake.actions import Content, record
from tracker.ledgers.alike import is_looked_through, look_on, pairs
from tracker.ledgers.models import LedgerImport
from tracker.roles import Role

EARLIER = "关于解决幸福里小区加装电梯难的建议"
AGAIN = "关于幸福里小区加装电梯的建议"


@pytest.fixture
def city(session, stopped_clock) -> SmallCity:
    stopped_clock(date(2026, 11, 22))
    made = small_city()
    content = Content(title=EARLIER, text="六层住宅没有电梯。", lead_deputy_id=made.deputies["赵甲一"].id)
    on = date(2026, 1, 12)
    record(made.meeting, content, by=made.by, on=on, rules_in_force=rule_set_in_force("default", on), number="旧1")
    db.session.commit()
    return made


@pytest.fixture
def clerk(city: SmallCity, reader):
    return reader.signed_in_as(city.clerk)


def brought(clerk, city: SmallCity, tmp_path: Path, *titles: str):
    """A ledger with these titles is read in; the page of its report."""
    rows = [(f"{n}", ROW[1], title, *ROW[3:]) for n, title in enumerate(titles, start=1)]
    page = sent(clerk, xlsx(tmp_path / "台账.xlsx", [(*HEADER[:2], "标题", *HEADER[3:]), *rows]))
    return clerk.send(where(page), answers_of(page, city) | {"act": "import"})


def test_the_report_names_what_is_like_an_earlier_suggestion(clerk, city, tmp_path):
    report = brought(clerk, city, tmp_path, AGAIN, "关于推广秸秆还田的建议")
    assert EARLIER in report.text
    assert "No reply was delivered yet." in report.text
    assert [row for row in report.rows() if AGAIN in row]
    assert not [row for row in report.rows() if "秸秆" in row]


def test_the_rows_are_looked_at_in_parts_until_all_are(clerk, city, tmp_path, session):
    brought(clerk, city, tmp_path, AGAIN, "修路", f"{AGAIN}之二")
    kept = session.scalars(sa.select(LedgerImport).options(sa.orm.joinedload(LedgerImport.meeting))).one()
    assert is_looked_through(kept)
    kept.report = {name: value for name, value in kept.report.items() if name != "alike"}
    found = [look_on(kept, city.clerk, limit=1) for _turn in range(3)]
    assert found == [1, 0, 1]
    assert not is_looked_through(kept)
    assert look_on(kept, city.clerk, limit=1) == 0
    assert is_looked_through(kept)
    assert [one.one.title for one in pairs(kept, city.clerk)] == [AGAIN, f"{AGAIN}之二"]


def test_the_button_goes_on_where_it_stopped(clerk, city, tmp_path, session):
    brought(clerk, city, tmp_path, AGAIN)
    [kept] = session.scalars(sa.select(LedgerImport)).all()
    kept.report = {name: value for name, value in kept.report.items() if name != "alike"}
    session.commit()
    page = clerk.read("ledgers.report", import_id=kept.id)
    assert "Look at more rows" in page.text
    assert "1 look-alike was found." in clerk.send("ledgers.alike", import_id=kept.id).text


def test_only_the_office_looks(city, reader, clerk, tmp_path, session):
    brought(clerk, city, tmp_path, AGAIN)
    number = session.scalars(sa.select(LedgerImport.id)).one()
    reader.signed_in_as(city.user(Role.LEADER)).send("ledgers.alike", import_id=number, expect=403)
    clerk.send("ledgers.alike", import_id=99_999, expect=404)


@pytest.mark.engines("sqlite")
def test_the_report_asks_as_often_for_many_as_for_few(clerk, city, tmp_path, session, app):
    brought(clerk, city, tmp_path, *[f"{AGAIN}之{n}" for n in range(8)])
    number = session.scalars(sa.select(LedgerImport.id)).one()
    assert len(statements(app, lambda: clerk.read("ledgers.report", import_id=number))) <= 16
