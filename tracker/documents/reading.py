"""Reads the text of a Word file as it stands: paragraphs, tables, text boxes, ticks; nothing is interpreted here.

Only parts that `files.rules.accept` has looked through (no DOCTYPE, no macros, measured while unpacking) are parsed, by
python-docx's own parser, which resolves no entity. No relation is followed, no name inside the file is used as a path.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.documents.paragraphs import MC, W, words_of
from tracker.errors import N_
from tracker.files import zips
from tracker.files.zips import Refused

XML_BYTES = 8 * 1024 * 1024
ALL_XML_BYTES = 16 * 1024 * 1024
DEEPEST_TABLE = 4
MOST_LINES = 5_000
MOST_PARAGRAPHS = 20_000
MOST_CHARACTERS = 100_000
_MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_BLANK_SIGNS = re.compile(r"[\u00a0\u2002\u2003\u2009]")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f]")


@dataclass(frozen=True)
class Line:
    """A line of the document: of running text, or of a table's cell (table, row and cell count from nought)."""

    text: str
    table: int = -1
    row: int = -1
    cell: int = -1
    centred: bool = False
    right: bool = False
    heading: bool = False
    continued: bool = False
    """The cell goes on from the one above it (merged downwards)."""

    @property
    def in_table(self) -> bool:
        return self.table >= 0


@dataclass
class Paper:
    """What a Word file says, and what else lies in it."""

    lines: list[Line] = field(default_factory=list)
    enclosed: list[tuple[str, str, int]] = field(default_factory=list)
    """(kind, name, bytes) of pictures and embedded files; kind is "picture" or "embedded"."""


def too_much() -> Refused:
    return Refused(N_("The document is far larger than a suggestion is. It was not read."))


def read(path: Path) -> Paper:
    """The document's text, line by line, and what is enclosed in it.

    :raises Refused: it is damaged, or far larger than a suggestion is.
    """
    with zips.opened(path) as archive:
        parts = {entry.filename.lower(): entry for entry in archive.infolist()}
        if _MAIN not in parts:
            raise zips.damaged()
        styles = _styles(archive, parts.get(_STYLES))
        body = next(iter(_tree(archive, parts[_MAIN]).iterchildren(f"{W}body")), None)
        if body is None:
            raise zips.damaged()
        walk = _Walk(styles)
        walk.blocks(body)
        return Paper(walk.lines, list(_enclosed(parts)))


def xml_bytes(path: Path) -> int:
    """How much there is to be parsed of a document's words; told before anything of it is.

    :raises Refused: it is far more than a suggestion needs.
    """
    with zips.opened(path) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist() if zips.is_xml(entry.filename)}
    if max(sizes.values(), default=0) > XML_BYTES or sum(sizes.values()) > ALL_XML_BYTES:
        raise too_much()
    return sum(size for name, size in sizes.items() if _holds_words(name))


def xml_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, Any]]:
    """Every part that holds words, parsed; what only says how things look is passed over."""
    for entry in archive.infolist():
        if zips.is_xml(entry.filename) and _holds_words(entry.filename):
            yield entry.filename.lower(), _tree(archive, entry)


def _holds_words(name: str) -> bool:
    return not re.search(r"styles|theme|fonttable|settings|numbering|\.rels$", name.lower())


def _tree(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Any:
    from docx.oxml import parse_xml  # here: what reads .docx takes 5 MB

    try:
        return parse_xml(archive.read(entry))
    except SyntaxError as broken:  # what lxml raises for XML it cannot read, or that is nested too deeply
        raise zips.damaged() from broken


def _enclosed(parts: dict[str, zipfile.ZipInfo]) -> Iterator[tuple[str, str, int]]:
    for name, entry in sorted(parts.items()):
        folder, _slash, own = name.rpartition("/")
        if own and folder in ("word/media", "word/embeddings"):
            yield ("picture" if folder == "word/media" else "embedded"), own[:60], entry.file_size


def _styles(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None) -> dict[str, tuple[str, str]]:
    """Style → (its name, how it is aligned)."""
    if entry is None:
        return {}
    found = {}
    for style in _tree(archive, entry).iterchildren(f"{W}style"):
        name = next(iter(style.iterchildren(f"{W}name")), None)
        aligned = next(iter(style.iter(f"{W}jc")), None)
        found[style.get(f"{W}styleId", "")] = ("" if name is None else _value(name), _value(aligned))
    return found


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{W}val", ""))


class _Walk:
    """Goes through the body in reading order."""

    def __init__(self, styles: dict[str, tuple[str, str]]) -> None:
        self.styles = styles
        self.lines: list[Line] = []
        self.tables = 0
        self.characters = self.paragraphs = 0
        self.depth = 0
        self.where: dict[str, Any] = {}

    def blocks(self, parent: Any) -> None:
        for child in parent.iterchildren():
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag == f"{MC}AlternateContent":
                self.blocks(next(iter(child.iterchildren()), child))
            elif child.tag in _AROUND:
                self.blocks(child)

    def table(self, table: Any) -> None:
        """A table inside a cell reads as further lines of that cell."""
        outer = self.where
        self.depth += 1
        if self.depth > DEEPEST_TABLE:
            raise too_much()
        if not outer:
            self.tables += 1
        for row, line in enumerate(one for one in table.iter(f"{W}tr") if _belongs(one, table)):
            for cell, box in enumerate(one for one in line.iter(f"{W}tc") if _belongs(one, table)):
                self.where = outer or self._place(row, cell, box)
                before = len(self.lines)
                self.blocks(box)
                if len(self.lines) == before and not outer:
                    self.add("")
        self.where = outer
        self.depth -= 1

    def _place(self, row: int, cell: int, box: Any) -> dict[str, Any]:
        merged = next(iter(box.iterfind(f"{W}tcPr/{W}vMerge")), None)
        continued = merged is not None and _value(merged) != "restart"
        return {"table": self.tables - 1, "row": row, "cell": cell, "continued": continued}

    def paragraph(self, paragraph: Any) -> None:
        boxes: list[Any] = []
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise too_much()
        text = "".join(words_of(paragraph, boxes))
        aligned = _value(next(iter(paragraph.iterfind(f"{W}pPr/{W}jc")), None))
        style, style_aligned = self.styles.get(
            _value(next(iter(paragraph.iterfind(f"{W}pPr/{W}pStyle")), None)), ("", "")
        )
        aligned = aligned or style_aligned
        heading = bool(re.match(r"(?i)title|subtitle|heading ?1$|标题$|标题 ?1$", style))
        for line in text.split("\n"):
            pushed = len(line) - len(line.lstrip()) >= 6
            self.add(
                line,
                centred=aligned == "center" or (pushed and len(line.strip()) < 45),
                right=aligned in ("right", "end"),
                heading=heading,
            )
        for box in boxes:
            self.blocks(box)

    def add(self, text: str, **looks: bool) -> None:
        text = _UNSEEN.sub("", _BLANK_SIGNS.sub(" ", text)).strip()
        if not text and not self.where:
            return
        self.characters += len(text)
        if len(self.lines) >= MOST_LINES or self.characters > MOST_CHARACTERS:
            raise too_much()
        self.lines.append(Line(text, **looks, **self.where))


_AROUND = {
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "r", "dir")
}


def _belongs(element: Any, table: Any) -> bool:
    """Whether a row or cell is this table's own, and not that of a table inside it."""
    return next(element.iterancestors(f"{W}tbl"), None) is table
