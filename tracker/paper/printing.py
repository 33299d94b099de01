"""A paper is printed: by form it gets its number, then the file is fetched; fetching alone changes nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, g, request, url_for

from tracker import clock
from tracker.errors import NotFound
from tracker.files.rules import ZIPPED, tidy_name
from tracker.files.store import disposition
from tracker.paper import actions
from tracker.paper.actions import Printed
from tracker.paper.document import Document, as_draft
from tracker.paper.pdf import as_pdf
from tracker.web import once
from tracker.web.busy import room
from tracker.web.sheets import Taken

OWN_FONTS = "fonts"
MEDIA = {"pdf": "application/pdf", "docx": ZIPPED["word/document.xml"].media_type, "zip": "application/zip"}


@dataclass(frozen=True)
class Order:
    """What is to be printed: the papers, and how they are written once they have their numbers."""

    papers: Sequence[Printed]
    write: Callable[[], Sequence[Document]]
    name: str
    copies: int = 1  # so many documents in a row belong to one paper


def answer(order: Order, *, where: str) -> Any:
    """To a form: the numbers are given, and the visitor is led to the file. To a look: the file, if it has its number.

    :raises NotFound: nobody has printed it yet.
    """
    if request.method == "POST":
        by = g.visitor.actor()
        actions.number(order.papers, congress_id=g.visitor.congress_id, by=by, at=clock.now())
        return once.done(f"{where}?{urlencode({'format': _kind(request.form)})}")
    return _file(order, _kind(request.args))


def answer_draft(write: Callable[[], Document], name: str, *, where: str) -> Any:
    """As `answer`, of what is no paper yet: marked as a draft, without number, and nothing of it is kept."""
    if request.method == "POST":
        return once.done(f"{where}?{urlencode({'format': _kind(request.form)})}")
    kind, written = _kind(request.args), [as_draft(write())]
    return _download(f"{name}.{kind}", as_file(written, kind), kind, 1)


def _kind(asked: Mapping[str, str]) -> str:
    return "docx" if asked.get("format") == "docx" else "pdf"


@room()
def _file(order: Order, kind: str) -> Response:
    found = actions.found(order.papers)
    codes = [one.code for one in found if one is not None for _copy in range(order.copies)]
    if not found or None in found:
        raise NotFound
    written = [one.numbered(code, address_of(code)) for one, code in zip(order.write(), codes, strict=True)]
    if kind == "pdf" or len(order.papers) == 1:
        content = as_file(written, kind)
    else:
        kind, content = "zip", _packed(written)
    return _download(f"{order.name}.{kind}", content, kind, len(order.papers))


def as_file(written: Sequence[Document], kind: str) -> bytes:
    """Documents that have no number and need not come back, as one .docx or PDF."""
    if kind == "docx":
        from tracker.paper.word import as_docx  # here: what writes .docx takes 5 MB

        return as_docx(written, at=clock.now())
    return as_pdf(written, at=clock.now(), own_fonts=Path(current_app.instance_path) / OWN_FONTS)


def address_of(code: str) -> str:
    """Where the QR code leads: the page that takes the signed paper in."""
    return str(current_app.config["BASE_URL"]) + url_for("paper.paper", code=code)


def _packed(written: Sequence[Document]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in written:
            name = tidy_name(f"{one.code} {one.addressee.rstrip('：')}.docx")
            archive.writestr(name, as_file([one], "docx"))
    return packed.getvalue()


def _download(name: str, content: bytes, kind: str, count: int) -> Response:
    g.taken = Taken(request.endpoint or "", count)
    made = Response(content, mimetype=MEDIA[kind])
    made.headers["Content-Disposition"] = disposition(tidy_name(name))
    return made
