"""The week on paper: a list of recipients with a place to sign, and one page for each of them (呈阅件)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from tracker.bulletin import text
from tracker.bulletin.models import Issue, Reader
from tracker.bulletin.parts import Part
from tracker.bulletin.scopes import outside
from tracker.bulletin.sheet import one_page
from tracker.errors import N_, RuleBroken
from tracker.files.rules import tidy_name
from tracker.mail.models import LetterState
from tracker.paper.document import Document, Paragraph, Table
from tracker.paper.pdf import as_pdf
from tracker.paper.printing import OWN_FONTS
from tracker.structure.models import Channel

ON_PAPER = "zh_Hans_CN"  # official documents are in Chinese only
EACH_ITS_FILE, IN_ONE_FILE, MOST_IN_PDF = 60, 40, 200  # setting a page takes some 2 MB until its file is done
STOPPED = (LetterState.KEPT, LetterState.FAILED)


def to_print(rows: Sequence[Any], *, everybody: bool) -> list[Any]:
    """Whose page is printed: who reads on paper or through a hub, and whose letter was not mailed; or everybody.

    Who shares another's letter shares his page.
    """
    own = [row for row in rows if row.Reader.shared_with_id is None]
    return [row for row in own if everybody or row.Reader.channel != Channel.MAIL or row.state in STOPPED]


def as_one(issue: Issue, rows: Sequence[Any], *, at: datetime) -> bytes:
    """List and pages as one PDF.

    :raises RuleBroken: there is nobody, or there are too many for one file.
    """
    _must_fit(rows, MOST_IN_PDF)
    with force_locale(ON_PAPER):
        return _set([_receipts(issue, rows), *(_page(issue, row) for row in rows)], at)


def as_zip(issue: Issue, rows: Sequence[Any], *, at: datetime) -> bytes:
    """The list, and each page as a PDF of its own; of many readers, some pages in each.

    :raises RuleBroken: there is nobody.
    """
    _must_fit(rows, len(rows))
    packed = io.BytesIO()
    with force_locale(ON_PAPER), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        receipts = _("Receipts")
        archive.writestr(f"000 {receipts}.pdf", _set([_receipts(issue, rows)], at))
        each = 1 if len(rows) <= EACH_ITS_FILE else IN_ONE_FILE
        for first in range(0, len(rows), each):
            some = rows[first : first + each]
            archive.writestr(_file_name(first + 1, some), _set([_page(issue, row) for row in some], at))
    return packed.getvalue()


def _file_name(number: int, rows: Sequence[Any]) -> str:
    if len(rows) > 1:
        return f"{number:03d}-{number + len(rows) - 1:03d}.pdf"
    return tidy_name(f"{number:03d} {rows[0].Reader.name} {text.rank_name(rows[0].Reader.rank)}.pdf")


def _must_fit(rows: Sequence[Any], most: int) -> None:
    if not rows:
        raise RuleBroken(N_("Nobody of this issue reads on paper."))
    if len(rows) > most:
        raise RuleBroken(
            N_("These are %(count)s pages; one file takes %(most)s. Take the zip."), count=len(rows), most=most
        )


def _page(issue: Issue, row: Any) -> Document:
    """What goes through other hands says nothing of internal matters; in the house they stand with their number."""
    reader: Reader = row.Reader
    scope = outside(reader.scope) if reader.via_body_id else reader.scope
    to = _("To %(name)s (%(rank)s)", name=reader.name, rank=text.rank_name(reader.rank))
    to = _("%(to)s, through %(hub)s", to=to, hub=row.via) if row.via else to
    return one_page(issue, Part(issue, scope), to=to)


def _receipts(issue: Issue, rows: Sequence[Any]) -> Document:
    headers = [_("No."), _("Name"), _("Rank"), _("Through"), _("Items"), _("Received by (signature)"), _("Day")]
    lines = [
        [
            str(number),
            one.Reader.name,
            text.rank_name(one.Reader.rank),
            one.via or "",
            str(one.Reader.item_count),
            "",
            "",
        ]
        for number, one in enumerate(rows, start=1)
    ]
    heading = _("Receipts for weekly bulletin no. %(number)s", number=issue.number)
    said = Paragraph(_("%(week)s, %(count)s readers.", week=issue.week, count=len(rows)))
    return Document(
        heading, [said, Table(headers, lines, [5, 12, 16, 20, 7, 24, 14])], day=issue.issued_on, landscape=True
    )


def _set(documents: Sequence[Document], at: datetime) -> bytes:
    return as_pdf(documents, at=at, own_fonts=Path(current_app.instance_path) / OWN_FONTS)
