"""Bars that lie one under the other, each a whole put together of its kinds. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.web.drawing.measured import Kind, Picture, Row
from tracker.web.drawing.names import shortened
from tracker.web.drawing.scales import Scale

ROOM = 84.0  # percent of the width; the number stands in the rest
THINNEST = 0.6  # what is there is seen, however little it is
ROW, NAME, BAR = 37, 13, 15  # pixels: from row to row, down to the foot of the name, height of the bar
NAME_LETTERS = 44
NUMBER_WIDTH = 3.4  # percent that a digit takes on a phone


@dataclass(frozen=True)
class Piece:
    """One kind's part of a bar or column; `told` is its number where there is room for it."""

    kind: Kind
    value: int
    x: float
    y: float
    width: float
    height: float
    told: str = ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Bar:
    row: Row
    name: str
    total: int
    y: int
    end: float
    pieces: Sequence[Piece]

    @property
    def told(self) -> str:
        """Its number; with that of both its parts where one of them has no room for its own."""
        if len(self.pieces) == 2 and not all(piece.told for piece in self.pieces):
            return f"{self.total} = {self.pieces[0].value} + {self.pieces[1].value}"
        return str(self.total)


@dataclass(frozen=True)
class Bars:
    """All bars of a picture on one scale."""

    height: int
    bars: Sequence[Bar]

    @classmethod
    def of(cls, picture: Picture) -> Bars:
        totals = [row.total(picture.kinds) for row in picture.rows]
        scale = Scale.to(max(totals, default=0), ROOM)
        bars = [
            _bar(row, total, place * ROW, picture.kinds, scale)
            for place, (row, total) in enumerate(zip(picture.rows, totals, strict=True))
        ]
        return cls(len(bars) * ROW, bars)

    @classmethod
    def alone(cls, picture: Picture, row: Row, longest: int) -> Bars:
        """One row of a picture by itself, on the scale it shares with all others."""
        return cls(ROW, [_bar(row, row.total(picture.kinds), 0, picture.kinds, Scale.to(longest, ROOM))])


def pieces(row: Row, kinds: Sequence[Kind], scale: Scale, y: float, height: float) -> list[Piece]:
    """The parts of one bar from left to right; a part of nothing is left out, a small one is still seen."""
    made, x = [], 0.0
    for kind in kinds:
        if value := row.value(kind):
            long = max(scale.of(value), THINNEST)
            told = str(value) if long >= NUMBER_WIDTH * (len(str(value)) + 0.6) else ""
            made.append(Piece(kind, value, round(x, 2), y, long, height, told))
            x += long
    return made


def _bar(row: Row, total: int, y: int, kinds: Sequence[Kind], scale: Scale) -> Bar:
    parts = pieces(row, kinds, scale, y + NAME + 5, BAR)
    end = round(parts[-1].x + parts[-1].width, 2) if parts else 0.0
    return Bar(row, shortened(row.name, NAME_LETTERS), total, y + NAME, end, parts)
