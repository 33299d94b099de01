"""What leaves as a file is data: nothing of it runs, stops it or is cut, and it is as many as the list says."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
import sqlalchemy as sa

from tests.html import parsed
from tests.paper.read_back import docx_text, pdf_text
from tests.security import payloads
from tests.security.city import ON, City, built
from tests.security.crawl import ask
from tracker.bulletin.jobs import weekly_bulletin
from tracker.database import db
from tracker.escalation.jobs import raise_alarms, send_digests
from tracker.mail.models import Letter
from tracker.structure.models import Body, Deputy
from tracker.suggestion.models import Suggestion
from tracker.web.commas import commas
from tracker.web.lists import LISTS
from tracker.web.sheets import CELL_UNITS, Sheet, book, harmless

POISON = (
    "\x0b",
    "甲\r\n乙",
    f"{payloads.RARE}野家",
    "\ufffe",
    "甲\x1f乙\x7f\x85",
    *payloads.FORMULAS,
    *payloads.TEMPLATES,
)
SKIPPED = (
    " \t\r\n\v\f\xa0\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u2060\u2063"
    "\u3000\ufe0f\ufeff"
)  # fmt: skip
FORMULA_SIGNS = tuple("=+-@＝＋－＠")
FILTERS = 4  # of each role, in every check


def live_cells(text: str) -> list[str]:
    """The cells some spreadsheet would run, whichever sign it takes to part them."""
    found = []
    for sign in ",;\t|":
        for row in csv.reader(io.StringIO(text), delimiter=sign):
            found += [cell for cell in row if cell.lstrip(SKIPPED).startswith(FORMULA_SIGNS)]
    return found


def cells_of(content: bytes) -> list[str]:
    """Every cell of a workbook as text; a cell that is neither text nor number, or a formula, fails."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                for cell in ElementTree.fromstring(archive.read(name)).iter():
                    kind = cell.tag.rpartition("}")[2]
                    assert kind not in ("f", "hyperlink", "dataValidation"), f"{name}: {kind}"
                    assert kind != "c" or cell.get("t") in ("s", "inlineStr", "n", None), f"{name}: {cell.attrib}"
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return [str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row if value]


@pytest.mark.engines("sqlite")
def test_no_cell_of_a_csv_is_live_whatever_parts_it(app) -> None:
    inside = [f"第一{sign}{formula}" for sign in ";\t|\n" for formula in payloads.FORMULAS]
    with app.test_request_context():
        answer = commas(
            "表",
            ["甲", "乙", *payloads.FORMULAS[:1]],
            [["一", text, "三"] for text in payloads.FORMULAS + tuple(inside)],
        )
    content = answer.get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    assert live_cells(content.decode("utf-8-sig")) == []
    assert len(payloads.FORMULAS) >= 28


@pytest.mark.parametrize(
    "text", ["关于3-5公里道路", "a=b", "x@y", "2026-03-05", "一；二", "A | B", "1\n2", "说明: 甲;乙"]
)
def test_a_harmless_cell_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_no_cell_of_a_workbook_is_live_and_none_is_cut() -> None:
    long = payloads.RARE * 40_000
    content = book([Sheet("=表[]", payloads.FORMULAS[:2], [[text, long] for text in (*payloads.FORMULAS, *POISON)])])
    cells = cells_of(content)
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= CELL_UNITS
    assert sum(map(len, cells)) >= 40_000 * (len(payloads.FORMULAS) + len(POISON))


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(ON)
    return built()


@pytest.fixture
def visitors(city, reader) -> dict[str, Any]:
    return {name: reader.signed_in_as(user) for name, user in city.users.items()}


@pytest.fixture
def poisoned(city, session) -> City:
    """Every title, text, name and number holds something that stops programs; then the weekly work is done."""
    signs = iter(POISON * 20)
    for kind, names in ((Suggestion, ("title", "text", "number")), (Body, ("name",)), (Deputy, ("name",))):
        for one in session.scalars(sa.select(kind).order_by(kind.id)):
            for name in names:
                text = f"{next(signs)}{one.id}{'长' * 40_000 if name == 'text' else ''}"
                setattr(one, name, text[:60] if name != "text" else text)
    session.commit()
    for job in (raise_alarms, send_digests, weekly_bulletin):
        job(ON)
    session.commit()
    return city


def test_nothing_that_is_written_stops_an_export_a_digest_or_a_bulletin(poisoned: City, visitors) -> None:
    asked = [f"{path}?format=xlsx" for path in lists(visitors["clerk"].app)]
    asked += ["/figures?format=csv", "/signals?format=csv"]
    asked += ["/suggestions/download", *(f"/suggestions/download?layout={one}" for one in layouts())]
    wrong, taken = [], 0
    for name in ("clerk", "admin"):
        for path in asked:
            answer, content = raw(visitors[name], path)
            if answer.status_code >= 500:
                wrong.append(f"{name}: {path} answers {answer.status_code}")
            elif content[:2] == b"PK":
                taken += len(cells_of(content))
            elif answer.mimetype == "text/csv":
                wrong += live_cells(content.decode("utf-8-sig"))
    assert wrong == []
    assert taken > 1_000


@pytest.mark.engines("sqlite")
def test_what_is_written_is_data_in_every_issue_and_letter(poisoned: City, visitors) -> None:
    for kind in ("xlsx", "docx", "pdf"):
        answer, content = raw(visitors["clerk"], f"/bulletins/2026-W10/download?format={kind}")
        assert answer.status_code == 200, kind
        said = {"xlsx": lambda text: "\n".join(cells_of(text)), "docx": docx_text, "pdf": pdf_text}[kind](content)
        assert payloads.PRODUCT not in said
    letters = list(db.session.scalars(sa.select(Letter)))
    assert len(letters) >= 10
    for letter in letters:
        assert not re.search(r"[\x00-\x1f\x7f\x85\u2028]", letter.subject)
        assert payloads.PRODUCT not in letter.body_text + letter.body_html
        HTMLParser().feed(letter.body_html)


@pytest.mark.engines("sqlite")
def test_the_file_holds_as_many_as_the_list_says(city, visitors) -> None:
    """Any filters, any reader: the count on the page, the rows of its pages, the rows of the file."""
    chance, counts = random.Random(8), set()
    for name, visitor in visitors.items():
        for _round in range(FILTERS if name in ("clerk", "hub") else 2):
            page = parsed(ask(visitor, "/suggestions")[1])
            filters = chosen_filters(page, chance)
            listed = parsed(ask(visitor, "/suggestions", query_string=filters)[1])
            answer, content = raw(visitor, "/suggestions/download", query_string=filters)
            if answer.status_code == 403:
                continue
            assert answer.status_code == 200, (name, filters)
            rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].max_row - 1
            links = {one["href"] for one in listed.all("a") if re.fullmatch(r"/suggestions/\d+", one["href"])}
            assert rows == len(links), (name, filters)
            counts.add(rows)
    assert len(counts) >= 3


def chosen_filters(page: Any, chance: random.Random) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    name = ""
    for one in page.elements:
        if one.tag == "select":
            name = one["name"]
        elif one.tag == "option" and name and "select" in one.inside:
            found.setdefault(name, []).append(one["value"])
    picked = chance.sample(sorted(found), min(2, len(found)))
    return {name: chance.choice(found[name]) for name in picked}


def lists(app: Any) -> list[str]:
    rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules() if not rule.arguments}
    return [rules[endpoint] for endpoint in LISTS if endpoint in rules]


def layouts() -> list[str]:
    from tracker.ledgers.layouts import layouts as known

    return [one.key for one in known()]


def raw(visitor: Any, path: str, **options: Any) -> tuple[Any, bytes]:
    db.session.rollback()
    with visitor.app.app_context():
        answer = visitor.client.get(path, base_url=visitor.app.config["BASE_URL"], **options)
        content = answer.get_data()
        answer.close()
    return answer, content
