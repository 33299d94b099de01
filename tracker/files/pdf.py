"""What can be read of a PDF with little: the text that its own fonts' tables of characters spell out. Pure.

Enough to find a secrecy marking in a paper written by an office program or a browser; a scan has no text, and objects
packed inside other objects are passed over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

UNPACKED_BYTES = 48 * 1024 * 1024
MOST_CHARACTERS = 70_000
MOST_READ = 4_000_000
MOST_WAYS = 20
_BEGUN = re.compile(rb" obj\b")
_NUMBERED = re.compile(rb"(\d+) \d+$")
LONGEST_NUMBERS = 24
_STREAM = re.compile(rb"stream\r?\n")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) \d+ R")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+) (\d+) \d+ R")
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]{2,8})>\s*<([0-9A-Fa-f]{4,16})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{2,8})>\s*<([0-9A-Fa-f]{2,8})>\s*<([0-9A-Fa-f]{4})>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_SHOWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+[\d.]+\s+Tf|<([0-9A-Fa-f\s]+)>")

Table = dict[str, str]


def pages(path: Path) -> Iterator[list[str]]:
    """The text of each content stream as one long line (where lines end, only drawing would tell)."""
    content = path.read_bytes()
    tables: dict[int, Table] = {}
    papers: list[bytes] = []
    for number, stream in _streams(content):
        if b"begincmap" in stream:
            tables[number] = _table(stream)
        elif b"BT" in stream and b"Tf" in stream:
            papers.append(stream)
    fonts = _fonts(content, tables)
    ways = min(max(map(len, fonts.values()), default=0), MOST_WAYS)
    left = MOST_READ
    for paper in papers:
        for way in range(ways):
            left -= len(paper)
            if left < 0:
                return
            yield [_read(paper, {name: found[min(way, len(found) - 1)] for name, found in fonts.items()})]


def _streams(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every stream unpacked, with the number of its object; a bomb stops at the limit."""
    left = UNPACKED_BYTES
    for number, first, end in _objects(content):
        begun = _STREAM.search(content, first, end)
        if begun is None:
            continue
        try:
            unpacked = zlib.decompressobj().decompress(content[begun.end() : end], left)
        except zlib.error:
            unpacked = content[begun.end() : end]
        left -= len(unpacked)
        if left <= 0:
            return
        yield number, unpacked


def _objects(content: bytes) -> list[tuple[int, int, int]]:
    """Number, beginning and end of what each object holds.

    Found by the word behind its numbers: in a scan of 20 MB digits are everywhere, and looking at each takes a second
    in which, on SQLite, nobody else can save.
    """
    heads = []
    for word in _BEGUN.finditer(content):
        head = _NUMBERED.search(content, max(0, word.start() - LONGEST_NUMBERS), word.start())
        if head:
            heads.append((int(head[1]), head.start(), word.end()))
    ends = [start for _number, start, _first in heads[1:]] + [len(content)]
    return [(number, first, end) for (number, _start, first), end in zip(heads, ends, strict=True)]


def _fonts(content: bytes, tables: dict[int, Table]) -> dict[str, list[Table]]:
    """The tables of the fonts by the names pages call them; two pages may mean two fonts by one name."""
    if not tables:  # a scan: nothing it shows can be spelled
        return {}
    spelled: dict[int, Table] = {}
    for number, first, end in _objects(content):
        said = _TO_UNICODE.search(content, first, min(end, first + 20_000))
        if said and int(said[1]) in tables:
            spelled[number] = tables[int(said[1])]
    fonts: dict[str, list[Table]] = {}
    for named in _NAMED.finditer(content):
        table = spelled.get(int(named[2]))
        known = fonts.setdefault(named[1].decode("latin-1"), []) if table is not None else []
        if table is not None and table not in known:
            known.append(table)
    return fonts


def _table(stream: bytes) -> Table:
    """A table of characters: the code of each as it stands in the text, and the character it is."""
    table: Table = {}
    for kind, block in _BLOCK.findall(stream):
        if kind == b"bfchar":
            for code, character in _CHARACTER.findall(block):
                table[code.decode().upper()] = _character(character)
        else:
            for first, last, character in _RANGE.findall(block):
                begin, width = int(first, 16), len(first)
                for place in range(min(int(last, 16) - begin + 1, MOST_CHARACTERS - len(table))):
                    table[f"{begin + place:0{width}X}"] = chr(min(int(character, 16) + place, 0xFFFF))
    return table


def _character(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", "ignore") if len(code) % 4 == 0 else ""


def _read(paper: bytes, fonts: dict[str, Table]) -> str:
    """What a page shows; what its font's table does not know is left out."""
    table: Table = {}
    said: list[str] = []
    for shown in _SHOWN.finditer(paper):
        if shown[1] is not None:
            table = fonts.get(shown[1].decode("latin-1"), {})
        elif table:
            codes, width = "".join(shown[2].decode().split()).upper(), len(next(iter(table)))
            said += [table.get(codes[place : place + width], "") for place in range(0, len(codes), width)]
    return "".join(said)
