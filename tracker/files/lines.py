"""The lines of text a file holds, as far as they can be had without opening it in a program. Pure.

Only what `rules.accept` has let in is read here: its parts are measured, and none declares a document type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from tracker.files import pdf, rules, zips
from tracker.files.rules import Kind

# Elements that are a line of their own, and those whose characters are text: Word, Excel, PowerPoint, OFD.
_LINES = {"p", "si", "is", "TextCode", "oddHeader", "oddFooter", "evenHeader", "firstHeader", "firstFooter"}
_TEXTS = _LINES - {"p", "si", "is"} | {"t"}
_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes)\.xml|xl/(?:sharedStrings|worksheets/[^/]+)\.xml|"
    r"ppt/(?:slides|slideMasters)/[^/]+\.xml|.*/Content\.xml|docProps/core\.xml",
    re.IGNORECASE,
)
_PRINT_CODES = re.compile(r"&(?:[LCR]|\"[^\"]*\"|\d+)")


def pages(path: Path, kind: Kind) -> Iterator[list[str]]:
    """The file's text in parts, each from its top; nothing for a picture or a file of an old office program."""
    if kind is rules.TEXT:
        yield (rules.decoded(path.read_bytes()) or "").splitlines()
    elif kind is rules.PDF:
        yield from pdf.pages(path)
    elif kind in rules.ZIPPED.values():
        with zips.opened(path) as archive:
            size = zips.Size()
            for part in archive.namelist():
                if _PARTS.fullmatch(part):
                    yield _lines_of(zips.pieces(archive, part, size))


def _lines_of(pieces: Iterator[bytes]) -> list[str]:
    found: list[str] = []
    open_lines: list[list[str]] = []
    inside: list[bool] = []

    def begin(name: str, _attributes: object) -> None:
        local = name.rpartition(":")[2]
        inside.append(local in _TEXTS)
        if local in _LINES:
            open_lines.append([])

    def text(said: str) -> None:
        if inside and inside[-1] and open_lines:
            open_lines[-1].append(said)

    def end(name: str) -> None:
        inside.pop()
        if name.rpartition(":")[2] in _LINES:
            found.append(_PRINT_CODES.sub(" ", "".join(open_lines.pop())))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, text
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return found
