"""Which rows of a ledger are suggestions: blanks, totals, notes, repeated headers and headings between are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.errors import N_
from tracker.ledgers import words
from tracker.ledgers.columns import Mapping
from tracker.ledgers.overrides import normal
from tracker.ledgers.parts import CELLS
from tracker.ledgers.sheets import Cell, Grid, printed

TOTALS_ROW = N_("A row of totals.")
NOTE_ROW = N_("A note, not a suggestion.")
HEADING_ROW = N_("A heading between the rows.")

_TOTALS = re.compile(words.TOTALS)
_COUNT = re.compile(words.COUNT)
_NOTES = re.compile(words.NOTES)
_DELEGATION = re.compile(words.DELEGATION_HEADING)


class Skipped(NamedTuple):
    """A row that is no suggestion; the row is counted from 1, the reason is a msgid."""

    row: int
    reason: str


class Total(NamedTuple):
    """What a row of totals says, and how many suggestions had been read when it came."""

    row: int
    said: int
    counted: int
    printed: str


@dataclass
class Record:
    """The cells of one suggestion, by column (from 0); `row` is the sheet row it starts in (from 1)."""

    row: int
    cells: dict[int, Cell]
    texts: dict[int, str]
    delegation: str = ""

    def text(self, place: int | None) -> str:
        return "" if place is None else self.texts.get(place, "")

    def add(self, place: int, text: str) -> None:
        """What stands there is followed by more of it."""
        self.cells[place] = "\n".join(filter(None, (self.text(place), text)))
        self.texts[place] = printed(self.cells[place])


@dataclass
class Records:
    """The suggestions of a sheet, what was left out of it and what its totals say."""

    found: list[Record] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)


def split(grid: Grid, mapping: Mapping) -> Records:
    """Walk the rows below the header. A suggestion whose number or title is merged over several rows is one record."""
    records = Records()
    above = _merged_from_above(grid, start=mapping.header_rows[-1])
    anchors = [place for name in ("number", "title") if (place := mapping.column(name)) is not None]
    delegation = ""
    for row in range(mapping.header_rows[-1], len(grid.rows)):
        texts = grid.texts(row)
        if records.found and any((row, place) in above for place in anchors):
            _continue(records.found[-1], grid, row, above)
        elif (reason := _reason(texts, mapping)) is not None:
            delegation = _reset(texts, reason, delegation)
            _leave_out(records, row + 1, reason, texts)
        else:
            records.found.append(_record(grid, row, above, delegation))
    return records


def _reason(texts: list[str], mapping: Mapping) -> str | None:
    """Why a row is no suggestion: a msgid, "" for a row not worth a word, None if it is one."""
    filled = [text for text in texts if text]
    if not filled or _repeats_header(texts, mapping):
        return ""
    if _TOTALS.fullmatch(_bare(filled[0])):
        return TOTALS_ROW
    if len(set(filled)) == 1 and _DELEGATION.fullmatch(_bare(filled[0])):
        return HEADING_ROW
    title = mapping.column("title") if mapping.column("title") is not None else mapping.column("text")
    lonely = len(filled) == 1 and title is not None and not texts[title]
    return NOTE_ROW if lonely or _NOTES.match(filled[0]) else None


def _repeats_header(texts: list[str], mapping: Mapping) -> bool:
    """On a list printed over several pages the title and the header come again."""
    filled = {place: text for place, text in enumerate(texts) if text}
    if set(filled.values()) == {mapping.title}:
        return True
    return all(normal(text) in mapping.parts_of_headers.get(place, ()) for place, text in filled.items())


def _leave_out(records: Records, row: int, reason: str, texts: list[str]) -> None:
    if reason:
        records.skipped.append(Skipped(row, reason))
    if reason == TOTALS_ROW and words.SUBTOTAL not in _bare("".join(texts)):
        said = _said(texts)
        if said is not None:
            records.totals.append(Total(row, said[0], len(records.found), said[1]))


def _said(texts: list[str]) -> tuple[int, str] | None:
    for text in filter(None, texts):
        found = _TOTALS.fullmatch(_bare(text)) or _COUNT.fullmatch(_bare(text))
        digits = next((group for group in found.groups() if group), None) if found else None
        if digits:
            return int(digits), text
    return None


def _reset(texts: list[str], reason: str, delegation: str) -> str:
    if reason != HEADING_ROW:
        return delegation
    return re.sub(r"[(（].*", "", next(text for text in texts if text))


def _record(grid: Grid, row: int, above: dict[tuple[int, int], int], delegation: str) -> Record:
    cells, texts = dict(enumerate(grid.rows[row])), dict(enumerate(grid.texts(row)))
    for place in cells if above else ():
        if (row, place) in above:
            cells[place] = grid.rows[above[row, place]][place]
            texts[place] = grid.text(above[row, place], place)
    return Record(row + 1, cells, texts, delegation)


def _continue(record: Record, grid: Grid, row: int, above: dict[tuple[int, int], int]) -> None:
    for place, text in enumerate(grid.texts(row)):
        if text and (row, place) not in above:
            record.add(place, text)


def _merged_from_above(grid: Grid, start: int) -> dict[tuple[int, int], int]:
    """Cells covered by a merge that starts in an earlier row of the list: place → the row that holds the value."""
    return {(row, column): top for row, column, top in _covered(grid, start)}


def _covered(grid: Grid, start: int) -> Iterator[tuple[int, int, int]]:
    work = 0
    for merge in grid.merges:
        if merge.top < start:
            continue
        work += merge.bottom - merge.top
        if work > CELLS:  # merges that overlap are made to hurt
            return
        for row in range(merge.top + 1, merge.bottom + 1):
            yield row, merge.left, merge.top


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
