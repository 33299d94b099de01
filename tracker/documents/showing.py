"""The document's text as a page shows it: paragraphs and rows of tables, what was recognised marked. Pure."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import Any

from tracker.documents.reading import Line
from tracker.documents.said import Mark

Segment = list[str]


def shown(lines: list[Line], marks: list[Mark]) -> list[dict[str, Any]]:
    """Blocks in reading order: ``{"look", "segments"}`` for a paragraph, ``{"cells"}`` for a row (cells of paragraphs
    of segments). A segment is ``[text, field]``; the field is empty where nothing was recognised.
    """
    by_line: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_line[mark.line].append(mark)
    blocks: list[dict[str, Any]] = []
    numbered = list(enumerate(lines))
    for (table, _row), group in groupby(numbered, key=lambda one: (one[1].table, one[1].row)):
        held = list(group)
        if table < 0:
            blocks += [
                {"look": _look(line), "segments": _segments(line.text, by_line[number])}
                for number, line in held
                if line.text
            ]
        else:
            blocks.append(
                {"cells": [_cell(list(cell), by_line) for _n, cell in groupby(held, key=lambda one: one[1].cell)]}
            )
    return blocks


def _cell(lines: list[tuple[int, Line]], by_line: dict[int, list[Mark]]) -> list[list[Segment]]:
    return [_segments(line.text, by_line[number]) for number, line in lines if line.text]


def _look(line: Line) -> str:
    if line.heading or line.centred:
        return "centre"
    return "right" if line.right else ""


def _segments(text: str, marks: list[Mark]) -> list[Segment]:
    segments: list[Segment] = []
    at = 0
    for mark in sorted(marks, key=lambda one: one.start):
        if mark.start < at or mark.end <= mark.start:
            continue
        if mark.start > at:
            segments.append([text[at : mark.start], ""])
        segments.append([text[mark.start : mark.end], mark.field])
        at = mark.end
    if at < len(text):
        segments.append([text[at:], ""])
    return segments
