"""A ledger through the web page: looked at, corrected, confirmed, reported."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from tests.ledgers.sheets_made import xlsx
from tests.small_city import SmallCity, small_city
from tracker import clock
from tracker.ledgers import uploads
from tracker.ledgers.models import LedgerImport
from tracker.roles import Role
from tracker.suggestion.models import Suggestion

HEADER = ("建议编号", "领衔代表", "要点", "承办单位", "交办日期")
ROW = ("1", "赵甲一", "修路", "城建局", "2026-03-15")


@pytest.fixture
def city(session, stopped_clock) -> SmallCity:
    stopped_clock(date(2026, 11, 22))
    return small_city()


@pytest.fixture
def clerk(city: SmallCity, reader):
    return reader.signed_in_as(city.clerk)


def sent(clerk, path: Path, expect: int = 200):
    clerk.read("/ledgers")
    return clerk.send("/ledgers", {"file": (io.BytesIO(path.read_bytes()), path.name)}, expect=expect)


def where(page) -> str:
    return next(form["action"] for form in page.all("form") if "/ledgers/uploads/" in form["action"])


def chosen(page) -> dict[str, str]:
    """What the selects of the page stand at."""
    found = {}
    for option in page.all("option"):
        if "selected" in option.attributes:
            found.setdefault(option["value"], option["value"])
    return found


def test_what_was_recognised_is_shown_and_nothing_is_stored(clerk, session, tmp_path: Path) -> None:
    page = sent(clerk, xlsx(tmp_path / "台账.xlsx", [(*HEADER[:2], "建议标题", *HEADER[3:]), ROW]))
    assert "1 suggestions were found" in page.text
    assert "修路" in page.text
    assert {"number", "title", "lead_deputy", "lead_body", "handed_over_on"} <= set(chosen(page))
    assert session.scalar(sa.select(sa.func.count()).select_from(Suggestion)) == 0


def test_a_column_not_recognised_is_named_by_the_person(clerk, session, city: SmallCity, tmp_path: Path) -> None:
    header = (*HEADER, "正文")
    page = sent(clerk, xlsx(tmp_path / "台账.xlsx", [header, (*ROW, "路面破损。")]))
    address = where(page)
    columns = {"column_0": "number", "column_1": "lead_deputy", "column_2": "title", "column_3": "lead_body"}
    answers = {**columns, "column_4": "handed_over_on", "column_5": "text", "meeting_id": city.meeting.id}
    again = clerk.send(address, {**answers, "act": "look"})
    assert chosen(again)["title"] == "title"
    assert session.scalar(sa.select(sa.func.count()).select_from(Suggestion)) == 0
    report = clerk.send(address, {**answers, "act": "import"})
    assert "Report of a ledger" in report.heading
    assert session.scalar(sa.select(Suggestion.title)) == "修路"
    clerk.read(address, expect=404)


def test_the_report_can_be_taken_along_as_a_table(clerk, session, city: SmallCity, tmp_path: Path) -> None:
    page = sent(clerk, xlsx(tmp_path / "台账.xlsx", [(*HEADER[:2], "标题", *HEADER[3:]), (*ROW[:4], "3月5日")]))
    clerk.send(where(page), answers_of(page, city) | {"act": "import"})
    number = session.scalars(sa.select(LedgerImport.id)).one()
    content = clerk.read(f"/ledgers/{number}?format=xlsx").response.get_data()
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book.worksheets[0][2]][1:3] == ["交办日期", "3月5日"]
    assert [cell.value for cell in book.worksheets[1][2]] == ["2", "1", "修路"]


def answers_of(page, city: SmallCity) -> dict[str, object]:
    """The form as it stands, every column as recognised."""
    fields = ("number", "lead_deputy", "title", "lead_body", "handed_over_on")
    return {f"column_{place}": field for place, field in enumerate(fields)} | {"meeting_id": city.meeting.id}


def test_the_same_ledger_again_says_that_all_was_there(clerk, city: SmallCity, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "台账.xlsx", [(*HEADER[:2], "标题", *HEADER[3:]), ROW])
    for expected in ("1 new", "was there already"):
        page = sent(clerk, path)
        assert expected in clerk.send(where(page), answers_of(page, city) | {"act": "import"}).text


def test_a_ledger_without_known_headings_shows_its_first_rows(clerk, tmp_path: Path) -> None:
    page = sent(clerk, xlsx(tmp_path / "台账.xlsx", [("甲", "乙"), ("修路", "城建局")]))
    assert "No row with column headings" in page.text
    assert "修路 | 城建局" in page.text


def test_what_is_no_ledger_is_refused_with_a_sentence(clerk, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert "is none" in sent(clerk, tmp_path / "a.docx").text


def test_a_ledger_waits_for_its_sender_only_and_a_day_only(city, clerk, reader, app, tmp_path: Path) -> None:
    address = where(sent(clerk, xlsx(tmp_path / "台账.xlsx", [(*HEADER[:2], "标题"), ROW[:3]])))
    reader.signed_in_as(city.user(Role.OFFICE_LEADER)).read(address, expect=404)
    clerk.read(address)
    for wrong in ("x" * 43, "..%2f..%2ftracker", "a"):
        clerk.read(f"/ledgers/uploads/{wrong}", expect=404)
    with clock.at(clock.now() + timedelta(hours=25)), app.app_context():
        assert uploads.sweep(clock.now() + timedelta(days=400)) == 2
    clerk.read(address, expect=404)


@pytest.mark.parametrize("title", ["机密★", "★"])
def test_a_marked_ledger_does_not_even_wait(clerk, app, tmp_path: Path, title: str) -> None:
    """Whether it says so on its first line or in the column of a row: nothing of it stays on the disk."""
    rows = [(title,), (*HEADER[:2], "标题", "密级"), (*ROW[:3], "机密" if title == "★" else "")]
    assert "secrecy marking" in sent(clerk, xlsx(tmp_path / "台账.xlsx", rows)).text
    assert list((Path(app.instance_path) / "files/uploads").iterdir()) == []


def test_a_marking_that_shows_in_another_encoding_takes_the_ledger_away(clerk, app, tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_bytes("机密★\n编号,标题\n1,修路\n".encode("utf-16-le"))
    page = sent(clerk, tmp_path / "台账.csv")
    if "/ledgers/uploads/" in page.html:
        page = clerk.send(where(page), {"encoding": "utf-16", "header_row": "", "looked_at": ""})
        assert "secrecy marking" in page.text
    assert list((Path(app.instance_path) / "files/uploads").iterdir()) == []
