"""Lines over the same course: each kind is one line, each row one point in time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.web.drawing.columns import DEEP, FOOT, HEAD, LEFT, Tick
from tracker.web.drawing.measured import Kind, Picture
from tracker.web.drawing.names import shortened
from tracker.web.drawing.scales import Scale, every

RIGHT = 88.0  # percent; the last numbers stand beyond
MOST_TOLD, NAME_LETTERS = 6, 12
APART = 14  # pixels between two numbers at the ends of lines


@dataclass(frozen=True)
class Point:
    value: int
    x: float
    y: float


@dataclass(frozen=True)
class Course:
    """One line: its points, the straight pieces between them, and where its last number is written."""

    kind: Kind
    points: Sequence[Point]
    number_y: float

    @property
    def pieces(self) -> list[tuple[Point, Point]]:
        return list(zip(self.points, self.points[1:], strict=False))

    @property
    def last(self) -> Point:
        return self.points[-1]


@dataclass(frozen=True)
class Named:
    name: str
    x: float


@dataclass(frozen=True)
class Lines:
    """All lines of a picture on one scale. A kind a row says nothing of (no value at all) ends before that row."""

    height: int
    foot: float
    left: float
    right: float
    ticks: Sequence[Tick]
    names: Sequence[Named]
    courses: Sequence[Course]

    @classmethod
    def of(cls, picture: Picture) -> Lines:
        largest = max((value for row in picture.rows for value in row.values.values()), default=0)
        scale, foot, count = Scale.over(largest, DEEP), float(HEAD + DEEP), len(picture.rows)
        places = [_place(number, count) for number in range(count)]
        told = every(count, MOST_TOLD)
        names = [
            Named(shortened(row.name, NAME_LETTERS), places[number])
            for number, row in enumerate(picture.rows)
            if (count - 1 - number) % told == 0
        ]
        ticks = [Tick(value, foot - scale.of(value)) for value in scale.ticks]
        return cls(HEAD + DEEP + FOOT, foot, LEFT, RIGHT, ticks, names, _courses(picture, places, scale, foot))


def _place(number: int, count: int) -> float:
    return round(LEFT + 2 + (RIGHT - LEFT - 2) * number / max(1, count - 1), 2)


def _courses(picture: Picture, places: Sequence[float], scale: Scale, foot: float) -> list[Course]:
    drawn = []
    for kind in picture.kinds:
        values = [
            (x, row.values[kind.key]) for x, row in zip(places, picture.rows, strict=True) if kind.key in row.values
        ]
        if values:
            drawn.append((kind, [Point(value, x, round(foot - scale.of(value), 2)) for x, value in values]))
    apart = spread([points[-1].y for _kind, points in drawn])
    return [Course(kind, points, y) for (kind, points), y in zip(drawn, apart, strict=True)]


def spread(places: Sequence[float]) -> list[float]:
    """Places so far apart that numbers written there do not cover each other; the order stays."""
    found = list(places)
    last = float("-inf")
    for number in sorted(range(len(places)), key=lambda one: (places[one], one)):
        found[number] = last = max(places[number], last + APART)
    return found
