"""Opens a ledger file (.xlsx, .xls, .ods, .csv) into grids of cells, and refuses what is hostile, broken or secret."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from tracker.errors import N_
from tracker.ledgers import archive, secrecy, words
from tracker.ledgers.parts import CELLS, COLUMNS, ROWS, LedgerMisread, LedgerUnreadable, broken, too_many_rows

Cell = str | float | int | bool | date | datetime | time | timedelta | None
FILE_BYTES = 32 * 1024 * 1024
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200d\ufeff]")
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200d\ufeff\u3000\xa0]")
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", _OLE, b"%PDF", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")


@dataclass(frozen=True)
class Merge:
    """A merged range; all four places are counted from 0 and belong to the range."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of cells as stored, all equally wide, and its merged ranges; places are counted from 0."""

    sheet: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...] = ()

    def text(self, row: int, column: int) -> str:
        """The cell as a person reads it, without outer blanks."""
        texts = self._printed[row]
        return texts[column] if column < len(texts) else ""

    def texts(self, row: int) -> list[str]:
        return list(self._printed[row])

    @cached_property
    def _printed(self) -> list[list[str]]:
        """What is read several times is printed once."""
        return [[printed(cell) for cell in cells] for cells in self.rows]


def open_grids(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> list[Grid]:
    """The sheets of a file in their order, the hidden ones left out; only `sheet` if one is named.

    Raises LedgerUnreadable for an empty, oversized, hostile, damaged or secret file and for an unknown sheet. Hidden
    sheets are searched for secrecy markings like all others.
    """
    kind = _kind(path)
    grids = [_csv(path, encoding)] if kind == "csv" else _workbook(path, sheet)
    if sheet is not None and kind != "csv":
        grids = [grid for grid in grids if grid.sheet == sheet]
    return grids


def printed(cell: Cell) -> str:
    """A cell as text: whole numbers without ".0", dates as YYYY-MM-DD, invisible characters removed."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if not isinstance(cell, str):
        return str(cell)
    if _UNUSUAL.search(cell) is None:
        return cell.strip()
    return _UNSEEN.sub("", cell).replace("\u3000", " ").replace("\xa0", " ").strip()


def _kind(path: Path) -> str:
    try:
        size = path.stat().st_size
        start = path.open("rb").read(8) if size else b""
    except OSError as error:
        raise LedgerUnreadable(N_("The file %(name)s cannot be opened."), name=path.name) from error
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise LedgerUnreadable(N_("A ledger is an .xlsx, .xls, .ods or .csv file; %(name)s is none."), name=path.name)
    if not size:
        raise LedgerUnreadable(N_("The file is empty."))
    if size > FILE_BYTES:
        raise LedgerUnreadable(N_("The file is larger than %(megabytes)s MB."), megabytes=FILE_BYTES // 1024 // 1024)
    if suffix == ".csv":
        if start.startswith(_WORKBOOK_STARTS):
            raise broken()
        return "csv"
    if start.startswith(_OLE):
        return "xls"
    return archive.inspect(path)


def _workbook(path: Path, wanted: str | None) -> list[Grid]:
    grids = []
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            if wanted is not None and wanted not in book.sheet_names:
                names = ", ".join(book.sheet_names)
                raise LedgerMisread(N_("There is no sheet %(sheet)s; there are: %(names)s."), sheet=wanted, names=names)
            for about in book.sheets_metadata:
                if not str(about.typ).endswith("WorkSheet"):
                    continue
                grid = _grid(book, about.name)
                secrecy.refuse_marked(grid.sheet, (grid.texts(row) for row in range(len(grid.rows))))
                if str(about.visible).endswith(".Visible") or about.name == wanted:
                    grids.append(grid)
    except (CalamineError, OSError, ValueError) as error:
        raise broken() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the parser is written in Rust; its panics are no Exception
            raise broken() from error
        raise
    return grids


def _grid(book: CalamineWorkbook, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    if height > ROWS:
        raise too_many_rows()
    if width > COLUMNS or height * width > CELLS:
        raise LedgerUnreadable(N_("The sheet reaches to column %(column)s, too wide for a ledger."), column=width)
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)] if height else []
    merges = []
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top < height and left < width:
            merges.append(Merge(top, left, min(bottom, height - 1), min(right, width - 1)))
    return Grid(name, rows, tuple(merges))


def _csv(path: Path, encoding: str | None) -> Grid:
    text = _decoded(path.read_bytes(), encoding)
    if "\0" in text:
        raise broken()
    csv.field_size_limit(FILE_BYTES)
    rows: list[list[Cell]] = []
    for row in _records(text):
        rows.append(list(row))
        if len(rows) > ROWS:
            raise too_many_rows()
    width = max(map(len, rows), default=0)
    if width > COLUMNS or width * len(rows) > CELLS:
        raise LedgerUnreadable(N_("The sheet reaches to column %(column)s, too wide for a ledger."), column=width)
    grid = Grid("", [row + [""] * (width - len(row)) for row in rows])
    secrecy.refuse_marked("", (grid.texts(row) for row in range(len(grid.rows))))
    return grid


def _records(text: str) -> Iterator[list[str]]:
    head = text[:4000]
    delimiter = max(",\t;", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise broken() from error


def _decoded(content: bytes, encoding: str | None) -> str:
    if encoding is not None:
        try:
            codecs.lookup(encoding)
            return content.decode(encoding).removeprefix("\ufeff")
        except (LookupError, UnicodeError) as error:
            message = N_("The file cannot be read as %(encoding)s.")
            raise LedgerMisread(message, encoding=encoding) from error
    tried = ("utf-16",) if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else words.ENCODINGS
    for candidate in tried:
        try:
            return content.decode(candidate)
        except UnicodeError:
            continue
    raise LedgerMisread(N_("The file's encoding was not recognised. Please name it, or save the file as UTF-8."))
