"""Columns that stand one beside the other, from the earliest to the latest, each a whole of its kinds. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.web.drawing.bars import Piece
from tracker.web.drawing.measured import Kind, Picture, Row
from tracker.web.drawing.names import shortened
from tracker.web.drawing.scales import Scale, every

LEFT, RIGHT = 9.0, 98.0  # percent; before it stand the ticks
HEAD, FOOT, DEEP = 18, 22, 170  # pixels above, below and of the columns themselves
FILLED = 0.74  # of the room of a column
MOST_TOLD, NAME_LETTERS = 6, 12
SMALLEST = 1.5  # pixels


@dataclass(frozen=True)
class Tick:
    value: int
    y: float


@dataclass(frozen=True)
class Column:
    """`is_told`: its name and total stand beside it; of many in a row only some have room for that."""

    row: Row
    name: str
    total: int
    x: float
    width: float
    top: float
    is_told: bool
    pieces: Sequence[Piece]

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def told(self) -> str:
        """Its total; of what was never counted not even a nought."""
        return str(self.total) if self.row.values else "—"


@dataclass(frozen=True)
class Columns:
    """All columns of a picture on one scale, the first kind at the foot."""

    height: int
    foot: float
    left: float
    ticks: Sequence[Tick]
    columns: Sequence[Column]

    @classmethod
    def of(cls, picture: Picture) -> Columns:
        totals = [row.total(picture.kinds) for row in picture.rows]
        scale, foot = Scale.over(max(totals, default=0), DEEP), float(HEAD + DEEP)
        step = (RIGHT - LEFT) / max(1, len(totals))
        told = every(len(totals), MOST_TOLD)
        columns = [
            _column(row, LEFT + step * place, step, foot, picture.kinds, scale, (len(totals) - 1 - place) % told == 0)
            for place, row in enumerate(picture.rows)
        ]
        ticks = [Tick(value, foot - scale.of(value)) for value in scale.ticks]
        return cls(HEAD + DEEP + FOOT, foot, LEFT, ticks, columns)


def _column(
    row: Row, left: float, step: float, foot: float, kinds: Sequence[Kind], scale: Scale, is_told: bool
) -> Column:
    width, x = round(min(step * FILLED, 12.0), 2), left
    x = round(left + (step - width) / 2, 2)
    parts, y = [], foot
    for kind in kinds:
        if value := row.value(kind):
            deep = max(scale.of(value), SMALLEST)
            y = round(y - deep, 2)
            parts.append(Piece(kind, value, x, y, width, deep))
    return Column(row, shortened(row.name, NAME_LETTERS), row.total(kinds), x, width, y, is_told, parts)
