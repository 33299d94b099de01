"""What a document on paper says; how it looks is the business of the two renderers. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.paper.text import plain

# The first level of headings is set in 黑体 (GB/T 9704-2012, 7.3.3).
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。;;]{1,30}")

DRAFT = "草稿"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text; a heading inside it is told from the text itself."""

    text: str
    indented: bool = True

    @property
    def is_heading(self) -> bool:
        return bool(_HEADING.fullmatch(self.text))


@dataclass(frozen=True)
class Table:
    """A list with its headings on every page; `widths` are shares of the whole."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


@dataclass(frozen=True)
class Line:
    """A line of a form to be filled in: labels with what stands there, side by side.

    `height` in millimetres leaves room for a hand to write; `foot` stands at its lower edge, where one signs.
    """

    fields: Sequence[tuple[str, str]]
    height: int = 0
    foot: str = ""


@dataclass(frozen=True)
class Form:
    """A form: its lines, one under the other."""

    lines: Sequence[Line]


@dataclass(frozen=True)
class Bars:
    """Parts of wholes, drawn: a row has its label, its number in words, and its share of the width in percent."""

    caption: str
    rows: Sequence[tuple[str, str, int]]


Block = Paragraph | Table | Form | Bars


@dataclass(frozen=True)
class Document:
    """One official document. Empty parts are left out; `code` and `address` say where the signed one goes back to.

    The `slip` stands beneath signature and date: what its reader signs and sends back.
    """

    heading: str
    blocks: Sequence[Block]
    head: str = ""
    number: str = ""
    signer: str = ""
    corner: str = ""
    addressee: str = ""
    signature: str = ""
    day: date | None = None
    slip: Sequence[Block] = ()
    remarks: Sequence[str] = ()
    copies_to: str = ""
    landscape: bool = False
    compact: bool = False  # set smaller than a letter, with narrow margins
    one_page: bool = False  # what does not fit on one page is made smaller (the PDF only)
    draft: bool = False  # marked as one on every page; it has no number
    code: str = ""
    address: str = ""

    def numbered(self, code: str, address: str) -> Document:
        """The same document with its number, and the address its QR code leads to."""
        return replace(self, code=code, address=address)


def as_draft(one: Document) -> Document:
    """The same document as it would be, marked as a draft; nothing of it comes back."""
    return replace(one, corner=DRAFT, draft=True, code="", address="")


def paragraphs(text: str) -> list[Paragraph]:
    """A text as it was typed, each line a paragraph; the blanks it was indented with are left to the layout."""
    lines = (line.strip(" \t\u3000") for line in plain(text).split("\n"))
    return [Paragraph(line) for line in lines if line]
