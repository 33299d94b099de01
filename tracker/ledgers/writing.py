"""A ledger written in one of the office's layouts: row after row into the file, so that many need little memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from tracker.ledgers.layouts import Layout, words
from tracker.web.sheets import CELL_UNITS, COMMAND_SIGNS, cell_text, harmless, sheet_name

A4 = 9
TITLE_HEIGHT = 30


def title_of(layout: Layout, of: str, *, only_key_items: bool) -> str:
    """The title row: the meeting, or the congress where a list goes over several, and what kind of ledger it is."""
    said = layout.title_of_key_items if only_key_items else ""
    return (said or layout.title).format(of=of)


def xlsx(layout: Layout, title: str, rows: Iterable[Sequence[str]]) -> bytes:
    """The ledger as a workbook of one sheet, ready to be printed: every cell a text, none of them a formula."""
    import xlsxwriter  # here, as it takes 2 MB

    made = io.BytesIO()
    file = xlsxwriter.Workbook(
        made,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    looks = _looks(file)
    page = file.add_worksheet(sheet_name(layout.name, set()))
    _lay_out(page, layout)
    page.set_row(0, TITLE_HEIGHT)
    page.merge_range(0, 0, 0, len(layout.columns) - 1, cell_text(title), looks["title"])
    start = _write_header(page, layout, looks["head"])
    last = start
    for last, row in enumerate(_with_totals(layout, rows), start=start):
        for place, text in enumerate(_cells(row)):
            page.write_string(last, place, text, looks["quoted" if text.startswith(COMMAND_SIGNS) else "text"])
    page.freeze_panes(start, 0)
    page.repeat_rows(0, start - 1)
    page.print_area(0, 0, max(last, start), len(layout.columns) - 1)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    file.close()
    return made.getvalue()


def write_csv(out: TextIO, layout: Layout, title: str, rows: Iterable[Sequence[str]]) -> None:
    """The same rows as text; no cell begins so that a spreadsheet program would run it."""
    blank = [""] * (len(layout.columns) - 1)
    lines = csv.writer(out)
    lines.writerow([harmless(title), *blank])
    lines.writerows(layout.header)
    lines.writerows([harmless(text) for text in row] for row in _with_totals(layout, rows))


def _with_totals(layout: Layout, rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """The rows, and the line of totals where the layout has one."""
    number = 0
    for number, row in enumerate(rows, start=1):  # noqa: B007 - the last number is how many there are
        yield list(row)
    if layout.totals and number:
        said = [text.format(rows=number) for text in layout.totals]
        yield [*said, *[""] * (len(layout.columns) - len(said))]


def _cells(row: Sequence[str]) -> Iterator[str]:
    for value in row:
        text = cell_text(value)
        if len(text) * 2 > CELL_UNITS and len(text.encode("utf-16-le")) > CELL_UNITS * 2:
            cut = words()["cut"]
            text = text.encode("utf-16-le")[: (CELL_UNITS - len(cut)) * 2].decode("utf-16-le", "ignore") + cut
        yield text


def _looks(file: Any) -> dict[str, Any]:
    cell = {"text_wrap": True, "valign": "vcenter", "border": 1}
    return {
        "title": file.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "head": file.add_format({**cell, "bold": True, "align": "center"}),
        "text": file.add_format(cell),
        "quoted": file.add_format({**cell, "quote_prefix": True}),
    }


def _lay_out(page: Any, layout: Layout) -> None:
    for place, column in enumerate(layout.columns):
        page.set_column(place, place, column.width)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f"&C{words()['page']}")


def _write_header(page: Any, layout: Layout, look: Any) -> int:
    """The header rows; answers the row the list begins in.

    A merged range over two rows is noted beside the writing: a row already written is closed to `merge_range`.
    """
    for row, texts in enumerate(layout.header, start=1):
        for place, text in enumerate(texts):
            page.write_string(row, place, text, look)
    for top, left, bottom, right in layout.merges:
        if (top, left) != (bottom, right):
            page.merge.append([1 + top, left, 1 + bottom, right])
    return 1 + len(layout.header)
