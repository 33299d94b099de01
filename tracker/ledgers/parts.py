"""The XML parts of a workbook, read once only to measure them: what they declare and how far their cells reach."""

from __future__ import annotations

import re

from tracker.errors import N_
from tracker.files import zips
from tracker.files.zips import UNPACKED_BYTES, Refused, too_large

ROWS = 65_536
COLUMNS = 256
CELLS = 3_000_000
"""A workbook is laid out as a full rectangle in memory: rows times columns is what it costs, not what it weighs."""

_REFERENCE = re.compile(r"([A-Z]{1,4})(\d{1,9})")


class LedgerUnreadable(Refused):
    """The file is refused as a whole: nothing of it was read in. Message is a msgid, values fill it."""


class LedgerMisread(LedgerUnreadable):
    """It cannot be read as it was understood; whoever names another encoding or sheet may read it."""


def broken() -> LedgerUnreadable:
    return LedgerUnreadable(N_("The file is damaged, protected by a password or not a spreadsheet at all."))


def too_many_rows() -> LedgerUnreadable:
    return LedgerUnreadable(N_("The ledger has more than %(rows)s rows. Please split it."), rows=ROWS)


def part_of(kind: str, name: str, size: Size) -> Part:
    lowered = name.lower()
    if kind == "ods" and lowered == "content.xml":
        return _OdsSheets(size)
    if kind == "xlsx" and lowered == "xl/_rels/workbook.xml.rels":
        return _Relations(size)
    if kind == "xlsx" and lowered.endswith("sharedstrings.xml"):
        return _SharedStrings(size)
    if kind == "xlsx" and lowered.startswith("xl/worksheets/") and lowered.endswith(".xml"):
        return _XlsxSheet(size)
    return Part(size)


class Size(zips.Size):
    """What has been unpacked so far, and what the cells will hold once every pointer is followed."""

    def __init__(self) -> None:
        super().__init__()
        self.followed = 0
        self.strings: list[int] = []

    def follow(self, characters: int) -> None:
        self.followed += characters
        if self.followed > UNPACKED_BYTES:
            raise too_large()


class Part(zips.Xml):
    """Any XML part of a workbook."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.parser.buffer_text = True  # else every line and every rare sign of a cell is told by itself
        self.listen()

    def listen(self) -> None:
        """Most parts are only looked at for a DOCTYPE."""

    def extent(self, row: int, column: int) -> None:
        if row > ROWS:
            raise too_many_rows()
        if column > COLUMNS or row * column > CELLS:
            raise LedgerUnreadable(N_("The sheet reaches to column %(column)s, too wide for a ledger."), column=column)


class _SharedStrings(Part):
    def listen(self) -> None:
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._text

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            self.size.strings.append(0)

    def _text(self, text: str) -> None:
        if self.size.strings:
            self.size.strings[-1] += len(text)


class _Relations(Part):
    """Where the sheets lie: one outside the usual folder would be opened without having been measured."""

    def listen(self) -> None:
        self.parser.StartElementHandler = self._start

    def _start(self, _tag: str, attributes: dict[str, str]) -> None:
        kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "").lower()
        target = target.removeprefix("/").removeprefix("xl/")
        if kind == "worksheet" and not re.fullmatch(r"worksheets/[^/]+\.xml", target):
            raise broken()


class _XlsxSheet(Part):
    def listen(self) -> None:
        self.row = self.column = self.right = 0
        self.points = self.inside = False
        self.pointer = ""
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self.row = _whole(attributes.get("r"), self.row + 1)
            self.column = 0
        elif tag == "c":
            self._cell(attributes)
        elif tag in ("v", "is"):
            self.inside = tag == "v" and self.points
            self.right = max(self.right, self.column)
            self.extent(self.row, self.right)

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        self.points, self.pointer = attributes.get("t") == "s", ""
        if placed := _REFERENCE.fullmatch(attributes.get("r", "")):
            self.column, self.row = _column(placed[1]), int(placed[2])

    def _text(self, text: str) -> None:
        if self.inside:
            self.pointer += text

    def _end(self, tag: str) -> None:
        if self.inside and tag.rpartition(":")[2] == "v":
            self.inside = False
            place = _whole(self.pointer.strip(), -1)
            if 0 <= place < len(self.size.strings):
                self.size.follow(self.size.strings[place])


class _OdsSheets(Part):
    """OpenDocument writes "this cell 16,000 times": filled cells are counted by what they unfold to."""

    def listen(self) -> None:
        self.row = self.column = self.repeat = self.weight = self.right = 0
        self.times = 1
        self.text, self.holds, self.filled = 0, False, False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.row = self.right = 0
        elif tag == "table:table-row":
            self.times = _whole(attributes.get("table:number-rows-repeated"), 1)
            self.column, self.weight, self.filled = 0, 0, False
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.repeat = _whole(attributes.get("table:number-columns-repeated"), 1)
            self.text = sum(len(value) for value in attributes.values())
            self.holds = "office:value-type" in attributes

    def _text(self, text: str) -> None:
        if self.repeat:
            self.text += len(text)
            self.holds = True

    def _end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self.column += self.repeat
            if self.holds:
                self.filled, self.right = True, max(self.right, self.column)
                self.weight += self.text * self.repeat
            self.repeat = 0
        elif tag == "table:table-row":
            self.row += self.times
            if self.filled:
                self.extent(self.row, self.right)
                self.size.follow(self.weight * self.times)


def _whole(printed: str | None, otherwise: int) -> int:
    return int(printed) if printed and printed.isdecimal() and len(printed) < 10 else otherwise


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place
