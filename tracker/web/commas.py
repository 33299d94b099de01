"""Tables as .csv files, for programs that read no workbook; no cell is one a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, request, url_for

from tracker.web.sheets import asked_as, download, harmless

KIND = "text/csv; charset=utf-8"


def commas(name: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]], *, what: str = "") -> Response:
    """One table as a download; begins with the mark by which spreadsheets know UTF-8."""
    made, count = io.StringIO(), 0
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([harmless(one) for one in headers])
    for row in rows:
        writer.writerow([harmless(one) for one in row])
        count += 1
    content = made.getvalue().encode("utf-8-sig")
    return download(name, content, what=what, rows=count, kind=KIND, ending="csv")


def asked_for_commas() -> bool:
    """Whether this page is asked for as a .csv file: its own address with `format=csv`."""
    return request.args.get("format") == "csv"


def commas_url() -> str:
    """The address of this page as a .csv file, with the same filters."""
    return url_for(request.endpoint or "", **asked_as("csv"))
