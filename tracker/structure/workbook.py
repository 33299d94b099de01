"""The structure as a file: bodies, officers, delegations and deputies, read and written as .xlsx, read as .toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from tracker.errors import N_, RuleBroken
from tracker.files import rules, zips
from tracker.structure.columns import SHEETS, WORDS, Column, column_of, sheet_key
from tracker.web.sheets import Sheet, book

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
LOOKED_AT = 10  # a title may stand above the headers


@dataclass(frozen=True)
class Line:
    """One filled row: which table, where it stands in the file, its cells by field. Empty cells are left out."""

    key: str
    sheet: str
    number: int
    cells: dict[str, Any]


@dataclass
class Tables:
    """What a file holds, by table, and the headers that mean nothing here."""

    lines: dict[str, list[Line]] = field(default_factory=lambda: {key: [] for key in SHEETS})
    unknown: list[tuple[str, int, str]] = field(default_factory=list)


def read(path: Path) -> Tables:
    """The tables of a workbook or a TOML file.

    :raises RuleBroken: it cannot be read, is too large, or holds none of our tables.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RuleBroken(N_("The file is larger than %(megabytes)s MB."), megabytes=MOST_BYTES // 1024 // 1024)
        sheets = _toml(path) if path.suffix.lower() == ".toml" else _xlsx(path)
    except (OSError, ValueError, CalamineError) as wrong:
        raise RuleBroken(N_("%(name)s cannot be read: %(why)s"), name=path.name, why=wrong) from wrong
    found = Tables()
    for name, rows in sheets:
        if key := sheet_key(name):
            _take(found, key, name, rows)
    if not any(sheet_key(name) for name, _rows in sheets):
        names = " / ".join(names[0] for names, _columns in SHEETS.values())
        raise RuleBroken(N_("No sheet of the structure was found. Its sheets are: %(names)s."), names=names)
    return found


def written(lines: Mapping[str, Iterable[Mapping[str, Any]]], language: str) -> bytes:
    """A workbook of these tables (by field; empty ones too), with a last sheet that says what may be written where."""
    place = 0 if language.startswith("en") else 1
    sheets = []
    for key, (names, columns) in SHEETS.items():
        rows = [[_shown(column, line.get(column.field), place) for column in columns] for line in lines.get(key, ())]
        sheets.append(Sheet(names[place], [_header(column, place) for column in columns], rows))
    return book([*sheets, _notes(place)])


def _header(column: Column, place: int) -> str:
    return column.names[place] + ("*" if column.needed else "")


def _shown(column: Column, value: Any, place: int) -> Any:
    if column.holds in WORDS and value is not None:
        word = ("yes" if value else "no") if column.holds == "yes" else value
        return WORDS[column.holds][word][place]
    return value


def _notes(place: int) -> Sheet:
    """What may stand in the columns that hold one of a few words."""
    rows = [
        (names[place], column.names[place], " / ".join(word[place] for word in WORDS[column.holds].values()))
        for names, columns in SHEETS.values()
        for column in columns
        if column.holds in WORDS
    ]
    title, *headers = (("Words", "Sheet", "Column", "Words"), ("填写说明", "工作表", "列", "可填写"))[place]
    return Sheet(title, headers, rows)


def _toml(path: Path) -> list[tuple[str, list[tuple[int, list[Any], list[Any]]]]]:
    """Each table of a TOML file: rows with their own headers, counted from 1."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = []
    for name, rows in content.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError(f"[[{name}]] is meant to be a list of tables")
        tables.append((name, [(number, list(row), list(row.values())) for number, row in enumerate(rows, start=1)]))
    return tables


def _xlsx(path: Path) -> list[tuple[str, list[tuple[int, list[Any], list[Any]]]]]:
    """Each sheet of a workbook: rows with the headers above them, counted as a spreadsheet does."""
    rules.accept(path, path.name)
    with zips.unpanicked(), CalamineWorkbook.from_path(str(path)) as opened:
        return [(name, _rows(name, opened)) for name in opened.sheet_names if sheet_key(name)]


def _rows(name: str, opened: CalamineWorkbook) -> list[tuple[int, list[Any], list[Any]]]:
    sheet = opened.get_sheet_by_name(name)
    if sheet.end is not None and sheet.end[0] > MOST_ROWS:
        raise ValueError(f"more than {MOST_ROWS} rows")
    rows: Sequence[list[Any]] = sheet.to_python(skip_empty_area=False) if sheet.end is not None else []
    key = sheet_key(name) or ""
    for place, row in enumerate(rows[:LOOKED_AT]):
        known = [column for cell in row if (column := column_of(key, text(cell)))]
        if any(column.needed for column in known):
            heads = [text(cell) for cell in row]
            return [(number + 1, heads, list(rows[number])) for number in range(place + 1, len(rows))]
    return [(1, [text(cell) for cell in rows[0]], [])] if rows else []


def _take(found: Tables, key: str, name: str, rows: list[tuple[int, list[Any], list[Any]]]) -> None:
    strange: set[str] = set()
    for number, heads, values in rows:
        cells = {}
        for head, value in zip(heads, [*values, *[None] * (len(heads) - len(values))], strict=False):
            column = column_of(key, head)
            if column is None:
                if head and head not in strange:
                    strange.add(head)
                    found.unknown.append((name, number, head))
            elif (kept := _cell(value)) is not None:
                cells[column.field] = kept
        if cells:
            found.lines[key].append(Line(key, name, number, cells))


def _cell(value: Any) -> Any:
    if isinstance(value, bool | list | date):
        return value.date() if isinstance(value, datetime) else value
    return text(value) or None


def text(value: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, no outer blanks."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\u3000", " ").replace("\xa0", " ").strip()
