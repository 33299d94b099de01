"""Tables as .xlsx files: what the screen shows, every cell a text, nothing in them that a spreadsheet would run."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from flask import Response, g, request, url_for

from tracker import clock
from tracker.web.addresses import asked_here
from tracker.web.busy import room
from tracker.web.forms import UNWELCOME
from tracker.web.sheet_charts import Charted, put

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_UNITS = 32_767  # what one cell of a spreadsheet can hold, in UTF-16 units
MOST_ROWS = 1_048_575
NARROWEST, WIDEST, LOOKED_AT = 8, 60, 300
COMMAND_SIGNS = tuple("=+-@\t\n|%＝＋－＠")
# What spreadsheets pass over before they look whether a cell is a formula: blanks, signs that take no room, and quotes
# where another sign parts the cells.
_PASSED_OVER = (
    r"[\" \v\f\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]*"
)
# At the beginning of a cell, and wherever a program that takes another sign for the comma would begin one.
_FORMULA = re.compile(rf"(^|[;|\t\n])({_PASSED_OVER}[=+\-@＝＋－＠﹦﹢﹣﹫])")
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook."""

    title: str
    headers: Sequence[Any]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Taken:
    """What leaves the house as a file; the trail keeps it (tracker/audit/views.py)."""

    what: str
    rows: int | None


class Counted:
    """Rows that are counted while they are written."""

    def __init__(self, source: Iterable[Any]) -> None:
        self.source, self.rows = source, 0

    def __iter__(self) -> Iterator[Any]:
        for row in self.source:
            self.rows += 1
            yield row


@room()
def workbook(name: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]], *, what: str = "") -> Response:
    """One table as a download; `name` is the file's name without its ending, in any language.

    Days and instants are written as the pages write them. A text too long for one cell goes on in a column beside it.
    """
    counted = Counted(rows)
    content = book([Sheet(name, headers, counted)])
    return download(name, content, what=what, rows=counted.rows)


@room()
def tables(name: str, sheets: Iterable[Sheet]) -> Response:
    """Several tables of one page as one download."""
    counted = [Sheet(one.title, one.headers, Counted(one.rows)) for one in sheets]
    content = book(counted)
    return download(name, content, rows=sum(one.rows.rows for one in counted if isinstance(one.rows, Counted)))


def book(sheets: Iterable[Sheet | Charted]) -> bytes:
    """Several tables as one .xlsx file; what is charted with its chart, and its numbers as numbers."""
    import xlsxwriter  # here, as it takes 2 MB

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    file = xlsxwriter.Workbook(made, options)
    formats = {
        "head": file.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": file.add_format({"text_wrap": True, "valign": "top"}),
        "quoted": file.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
    }
    taken: set[str] = set()
    for sheet in sheets:
        page = file.add_worksheet(sheet_name(sheet.title, taken))
        if isinstance(sheet, Charted):
            put(file, page, formats, sheet, _look)
            continue
        _fill(page, formats, *_parted(sheet))
    file.close()
    return made.getvalue()


def download(
    name: str, content: bytes, *, what: str = "", rows: int | None = None, kind: str = KIND, ending: str = "xlsx"
) -> Response:
    """The file as an answer; its name reaches every browser, Chinese or not (RFC 6266). The trail says who took it."""
    g.taken = Taken(what or request.endpoint or "", rows)
    full = NOT_IN_FILE_NAMES.sub("_", name).strip(" .")[:120] or "table"
    plain = full if full.isascii() else "table"
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(f'{full}.{ending}', safe='')}"
    )
    return answer


def asked_for_sheet() -> bool:
    """Whether this page is asked for as a file: its own address with `format=xlsx`."""
    return request.args.get("format") == "xlsx"


def sheet_url() -> str:
    """The address of the table on this page as a file: the same filters, all its pages."""
    return url_for(request.endpoint or "", **asked_as("xlsx"))


def asked_as(file_format: str) -> dict[str, Any]:
    """What this address asks for, as a file of this format, all its pages."""
    return {**asked_here(without=["page"]), **(request.view_args or {}), "format": file_format}


def cell_text(value: Any) -> str:
    """A value as a cell shows it, without signs that would spoil the file."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return clock.local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    text = UNWELCOME.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return text.encode("utf-8", "ignore").decode("utf-8")


def harmless(value: Any) -> str:
    """A cell of a .csv that no spreadsheet program will run."""
    text = _FORMULA.sub(r"\1'\2", cell_text(value))
    return f"'{text}" if text.startswith(("\t", "\n")) else text


def _parted(sheet: Sheet) -> tuple[list[str], list[list[str]]]:
    """Headers and rows as texts, where a column with too long a text becomes several side by side."""
    headers = [cell_text(header) for header in sheet.headers]
    rows = [[_pieces(cell_text(value)) for value in row] for row in sheet.rows]
    if len(rows) > MOST_ROWS:
        raise ValueError(f"a sheet holds {MOST_ROWS} rows, not {len(rows)}")
    parts = [max((len(row[column]) for row in rows), default=1) for column in range(len(headers))]
    heads = [
        head if not part else f"{head} ({part + 1})"
        for head, n in zip(headers, parts, strict=True)
        for part in range(n)
    ]
    texts = [
        [text for pieces, n in zip(row, parts, strict=True) for text in (*pieces, *[""] * (n - len(pieces)))]
        for row in rows
    ]
    return heads, texts


def _pieces(text: str) -> list[str]:
    """A text cut where a cell is full, never inside a sign."""
    if len(text) * 2 <= CELL_UNITS or len(text.encode("utf-16-le")) <= CELL_UNITS * 2:
        return [text]
    pieces, begun, units = [], 0, 0
    for place, sign in enumerate(text):
        width = 2 if ord(sign) > 0xFFFF else 1
        if units + width > CELL_UNITS:
            pieces.append(text[begun:place])
            begun, units = place, 0
        units += width
    return [*pieces, text[begun:]]


def _fill(page: Any, formats: dict[str, Any], headers: list[str], rows: list[list[str]]) -> None:
    for column, header in enumerate(headers):
        page.write_string(0, column, header, formats["head"])
        shown = [header, *(row[column] for row in rows[:LOOKED_AT])]
        page.set_column(column, column, min(WIDEST, max(NARROWEST, *(_width(text) for text in shown)) + 2))
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            if text:
                page.write_string(number, column, text, formats[_look(text)])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(rows)), max(0, len(headers) - 1))
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _look(text: str) -> str:
    """What a spreadsheet would run if somebody typed it again is written as quoted."""
    return "quoted" if text.startswith(COMMAND_SIGNS) else "text"


def _width(text: str) -> int:
    """The width of the longest line; a Chinese sign counts twice."""
    lines = text[:2000].split("\n")
    return max(sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name a spreadsheet accepts, different from all others in the file."""
    bare = NOT_IN_SHEET_NAMES.sub(" ", str(title)).strip(" '")[:31] or "Table"
    name, number = bare, 2
    while name.casefold() in taken or name.casefold() == "history":
        name, number = f"{bare[:27]} {number}", number + 1
    taken.add(name.casefold())
    return name
