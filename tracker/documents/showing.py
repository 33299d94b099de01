"""The document's text as a page shows it: paragraphs and rows of tables, what was recognised marked. Pure."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import Any

from tracker.documents.reading import Line
from tracker.documents.said import Mark

Segment = list[Any]
NARROW = 8


def shown(lines: list[Line], marks: list[Mark]) -> list[dict[str, Any]]:
    """Blocks in reading order: ``{"look", "segments"}`` for a paragraph, ``{"cells"}`` for a row; a cell is
    ``{"narrow", "lines"}`` with a list of segments for each line.

    A segment is ``[text, field, begins]``: the field is empty where nothing was recognised, and its name is shown only
    where it begins.
    """
    by_line: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_line[mark.line].append(mark)
    segments = _segments(lines, by_line)
    blocks: list[dict[str, Any]] = []
    for (table, _row), group in groupby(enumerate(lines), key=lambda one: (one[1].table, one[1].row)):
        held = list(group)
        if table < 0:
            blocks += [{"look": _look(line), "segments": segments[number]} for number, line in held if line.text]
        else:
            cells = [list(cell) for _cell, cell in groupby(held, key=lambda one: one[1].cell)]
            blocks.append({"cells": [_cell(cell, segments, by_line) for cell in cells]})
    return blocks


def _cell(
    lines: list[tuple[int, Line]], segments: list[list[Segment]], by_line: dict[int, list[Mark]]
) -> dict[str, Any]:
    is_label = not any(by_line[number] for number, _line in lines) and all(len(one.text) <= NARROW for _n, one in lines)
    return {"narrow": is_label, "lines": [segments[number] for number, line in lines if line.text]}


def _look(line: Line) -> str:
    if line.heading or line.centred:
        return "centre"
    return "right" if line.right else ""


def _segments(lines: list[Line], by_line: dict[int, list[Mark]]) -> list[list[Segment]]:
    """The segments of every line; a field that goes on from the line above is not named again."""
    found: list[list[Segment]] = []
    before = ""
    for number, line in enumerate(lines):
        pieces = _pieces(line.text, by_line[number])
        for piece in pieces:
            piece.append(piece[1] != before)
            before = piece[1]
        found.append(pieces)
    return found


def _pieces(text: str, marks: list[Mark]) -> list[Segment]:
    pieces: list[Segment] = []
    at = 0
    for mark in sorted(marks, key=lambda one: one.start):
        if mark.start < at or mark.end <= mark.start:
            continue
        if mark.start > at:
            pieces.append([text[at : mark.start], ""])
        pieces.append([text[mark.start : mark.end], mark.field])
        at = mark.end
    if at < len(text):
        pieces.append([text[at:], ""])
    return pieces
