"""Recognises what the columns of a ledger mean: alias table, two-row headers, headings with two meanings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tracker.errors import N_
from tracker.ledgers import words
from tracker.ledgers.overrides import Overrides, normal
from tracker.ledgers.parts import LedgerMisread
from tracker.ledgers.sheets import Grid

HEADER_WITHIN = 10
_SAMPLE = 300
_LONG_TEXT = 80
_SHORT_CLASS = 12
_REPEATABLE = ("handler",)
_CLASS = re.compile(words.CLASS_CELL)
_LOOKUP = {alias: (field, rank) for field, aliases in words.HEADINGS.items() for rank, alias in enumerate(aliases)}


@dataclass(frozen=True)
class Mapping:
    """What was recognised. Columns are counted from 0, rows from 1 as on the sheet.

    `columns` says which field of a suggestion a column holds, `headers` how its heading is printed, `unmapped` which
    headings were left aside.
    """

    columns: dict[int, str]
    header_rows: tuple[int, ...]
    title: str
    unmapped: tuple[str, ...]
    headers: dict[int, str]
    sheet: str = ""

    def column(self, field: str) -> int | None:
        """The first column that holds a field."""
        return self._first.get(field)

    @cached_property
    def _first(self) -> dict[str, int]:
        return {held: place for place, held in sorted(self.columns.items(), reverse=True)}

    @cached_property
    def parts_of_headers(self) -> dict[int, set[str]]:
        """The headings of each column, one above the other, as they are compared."""
        return {place: {normal(part) for part in heading.split("/")} for place, heading in self.headers.items()}

    def heading(self, field: str) -> str:
        """The heading of a field's column as the ledger prints it, empty if there is none."""
        place = self.column(field)
        return "" if place is None else self.headers[place]

    def as_json(self) -> dict[str, str]:
        """Printed heading → field, in the order of the sheet."""
        return {self.headers[place]: field for place, field in sorted(self.columns.items())}


@dataclass(frozen=True)
class _Heading:
    place: int
    top: str
    sub: str

    @property
    def printed(self) -> str:
        return f"{self.top}/{self.sub}" if self.top and self.sub and self.top != self.sub else self.top or self.sub


def find(grid: Grid, overrides: Overrides | None = None) -> Mapping | None:
    """The mapping of a sheet, or None if its first ten rows hold no header of a suggestion ledger."""
    chosen = overrides or Overrides()
    first = chosen.header_row - 1 if chosen.header_row else _header_row(grid, chosen)
    if first is None or first >= len(grid.rows):
        return None
    headings, depth = _headings(grid, first, chosen)
    columns = _fields(grid, headings, first + depth, chosen)
    if not {"title", "text"} & set(columns.values()):
        return None
    unmapped = tuple(heading.printed for heading in headings if heading.place not in columns and heading.printed)
    headers = {heading.place: heading.printed for heading in headings}
    rows = tuple(range(first + 1, first + depth + 1))
    return Mapping(columns, rows, _title(grid, first), unmapped, headers, grid.sheet)


def recognise(grids: list[Grid], overrides: Overrides | None = None) -> tuple[Grid, Mapping, tuple[str, ...]]:
    """The first sheet that is a ledger, its mapping, and the names of the other sheets that look like one too.

    Raises LedgerUnreadable if none does.
    """
    found = [(grid, mapping) for grid in grids if (mapping := find(grid, overrides))]
    if not found:
        message = N_("No row with column headings such as number, title and body was found in the first %(rows)s rows.")
        raise LedgerMisread(message, rows=HEADER_WITHIN)
    grid, mapping = found[0]
    return grid, mapping, tuple(other.sheet for other, _ in found[1:])


def _field(heading: _Heading, chosen: Overrides) -> tuple[str, int] | None:
    for text in (heading.printed, heading.sub or heading.top):
        if field := chosen.field(normal(text)):
            return field, -1
    found = _LOOKUP.get(normal(heading.sub or heading.top)) or _LOOKUP.get(normal(heading.top + heading.sub))
    if found is None:
        return None
    field, rank = found
    if words.ATTITUDE in heading.top and field in ("satisfied", "mostly", "dissatisfied"):
        return f"attitude_{field}", rank
    if heading.top.startswith(words.PROPOSED_PREFIX) and field in ("lead_body", "co_bodies"):
        return ("proposed_body" if field == "lead_body" else "proposed_co_bodies"), rank
    return field, rank


def _header_row(grid: Grid, chosen: Overrides) -> int | None:
    """The first row with two known headings: of a two-row header the upper one, though the lower may know more."""
    for row in range(min(HEADER_WITHIN, len(grid.rows))):
        known = (_field(_Heading(place, text, ""), chosen) for place, text in enumerate(grid.texts(row)) if text)
        if len({found[0] for found in known if found}) > 1:
            return row
    return None


def _headings(grid: Grid, first: int, chosen: Overrides) -> tuple[list[_Heading], int]:
    """The headings of one header row, or of two when the second row only refines what stands above it."""
    top = _spread(grid, first)
    if first + 1 >= len(grid.rows):
        return [_Heading(place, text, "") for place, text in enumerate(top)], 1
    below = _own_texts(grid, first, first + 1)
    single = [_Heading(place, text, "") for place, text in enumerate(top)]
    if not any(below) or not _refines(grid, first, below, chosen):
        return single, 1
    for place in range(1, len(top)):  # in a csv the group stands over its first column only
        if not top[place] and below[place]:
            top[place] = top[place - 1]
    return [_Heading(place, text, below[place]) for place, text in enumerate(top)], 2


def _refines(grid: Grid, first: int, below: list[str], chosen: Overrides) -> bool:
    merged_across = {place for merge in grid.merges if merge.top == merge.bottom == first
                     for place in range(merge.left, merge.right + 1)}  # fmt: skip
    filled = [place for place, text in enumerate(below) if text]
    if merged_across and set(filled) <= merged_across:
        return True
    return all(_field(_Heading(place, below[place], ""), chosen) for place in filled)


def _own_texts(grid: Grid, first: int, row: int) -> list[str]:
    """The texts of the second header row, without what merely repeats the first (merged downwards)."""
    return [text if text != grid.text(first, place) else "" for place, text in enumerate(grid.texts(row))]


def _spread(grid: Grid, row: int) -> list[str]:
    texts = grid.texts(row)
    for merge in grid.merges:
        if merge.top <= row <= merge.bottom:
            for place in range(merge.left, merge.right + 1):
                texts[place] = grid.text(merge.top, merge.left)
    return texts


def _fields(grid: Grid, headings: list[_Heading], start: int, chosen: Overrides) -> dict[int, str]:
    candidates = [(found, heading) for heading in headings if heading.printed and (found := _field(heading, chosen))]
    candidates.sort(key=lambda pair: pair[0][1])
    columns: dict[int, str] = {}
    for (field, _rank), heading in candidates:
        if field != "ignore" and (field in _REPEATABLE or field not in columns.values()):
            columns[heading.place] = field
        elif field == "content" and "text" not in columns.values():
            columns[heading.place] = "text"
    return _settle(grid, dict(sorted(columns.items())), start)


def _settle(grid: Grid, columns: dict[int, str], start: int) -> dict[int, str]:
    """Decide the headings with two meanings by what else the sheet holds."""
    settled: dict[int, str] = {}
    for place, field in columns.items():
        held = set(columns.values()) | set(settled.values())
        meaning = _meaning(field, held, _values(grid, place, start)) if field in _TWO_MEANINGS else field
        if meaning and (meaning == field or meaning not in held):
            settled[place] = meaning
    return settled


_TWO_MEANINGS = ("serial", "content", "kind", "handling")


def _meaning(field: str, held: set[str], values: list[str]) -> str | None:
    if field == "serial":
        return "number"
    if field == "content":
        long = bool(values) and sorted(map(len, values))[len(values) // 2] > _LONG_TEXT
        return "text" if "title" in held or long else "title"
    if field == "kind":
        return "class_label" if values and all(_CLASS.fullmatch(value) for value in values) else "category"
    return "class_label" if values and all(_classlike(value) for value in values) else "reply_text"


def _classlike(value: str) -> bool:
    return bool(_CLASS.fullmatch(value)) or (value in words.CLASS_WORDS and len(value) <= _SHORT_CLASS)


def _values(grid: Grid, place: int, start: int) -> list[str]:
    rows = range(start, min(len(grid.rows), start + _SAMPLE))
    return [text for row in rows if (text := grid.text(row, place)).lower() not in words.NOTHING]


def _title(grid: Grid, header: int) -> str:
    """The ledger's own title: the longest text that stands alone in a row above the header."""
    alone = [texts.pop() for row in range(header) if len(texts := {text for text in grid.texts(row) if text}) == 1]
    return max(alone, key=len, default="").replace("\n", " ")
