"""Where everything stands in the picture of a path: lanes of time, in units of the drawing. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

WIDTH, SIDE, HEAD, LANE, FOOT = 720, 12, 74, 66, 12
MOST_TICKS, TICK_WIDTH, NUMBER_WIDTH, THINNEST = 6, 88, 30, 2  # a month as wide as a telephone shows it


@dataclass(frozen=True)
class Bar:
    """A turn in its lane; `look` names its pattern, `lasts` draws an arrow at its end."""

    x: float
    width: float
    look: str
    text: str
    lasts: bool


@dataclass(frozen=True)
class Mark:
    """A day in the picture: of a move (its number), of a last day, of the beginning of a month or a round."""

    x: float
    text: str
    look: str = ""
    told: str = ""


@dataclass(frozen=True)
class Lane:
    """One holder's lane: his name with his days, his turns, and the last days of his clocks."""

    y: int
    label: str
    bars: list[Bar]
    dues: list[Mark]


@dataclass(frozen=True)
class Picture:
    """The whole drawing."""

    lanes: list[Lane]
    ticks: list[Mark]
    moves: list[Mark]
    rounds: list[Mark]
    today: Mark | None
    width: int = WIDTH

    @property
    def height(self) -> int:
        return HEAD + LANE * len(self.lanes) + FOOT


@dataclass
class Row:
    """What one lane is drawn from."""

    label: str
    turns: list[tuple[date, date | None, str, str]] = field(default_factory=list)  # from, to, look, what is told
    dues: list[tuple[date, str, str]] = field(default_factory=list)  # the day, its look, what is told


def draw(
    rows: Iterable[Row],
    moves: Sequence[tuple[date, str]],
    rounds: Iterable[tuple[date, str]],
    today: date,
) -> Picture | None:
    """The drawing from the first turn to today or the latest last day; None where nothing has happened."""
    rows = list(rows)
    begun = [on for row in rows for on, *_rest in row.turns]
    if not begun:
        return None
    lasts = any(to is None for row in rows for _on, to, *_rest in row.turns)
    ends = [to for row in rows for _on, to, *_rest in row.turns if to] + [on for row in rows for on, *_rest in row.dues]
    scale = Scale(min(begun), max([*ends, *([today] if lasts else []), min(begun)]))
    return Picture(
        lanes=[_lane(place, row, scale, today) for place, row in enumerate(rows)],
        ticks=scale.ticks(),
        moves=_numbered(moves, scale),
        rounds=[Mark(scale.x(on), text) for on, text in rounds],
        today=Mark(scale.x(today), "") if lasts else None,
    )


@dataclass(frozen=True)
class Scale:
    """Days along the width."""

    first: date
    last: date

    def x(self, on: date) -> float:
        share = (on - self.first).days / max(1, (self.last - self.first).days)
        return round(SIDE + max(0.0, min(1.0, share)) * (WIDTH - 2 * SIDE), 1)

    def ticks(self) -> list[Mark]:
        """The beginnings of months, every so many that they can be read beside each other."""
        months = []
        year, month = self.first.year, self.first.month
        while (on := date(year, month, 1)) <= self.last:
            if on >= self.first:
                months.append(on)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if len(months) < 2:
            months = [self.first, self.last] if self.first < self.last else [self.first]
            return [Mark(self.x(on), on.isoformat(), _anchor(self.x(on))) for on in months]
        step = -(-len(months) // MOST_TICKS)
        return _apart([Mark(self.x(on), on.isoformat()[:7], _anchor(self.x(on))) for on in months[::step]])


def _apart(ticks: list[Mark]) -> list[Mark]:
    """Those that do not touch the one before; the last one is drawn to the left of its place."""
    found: list[Mark] = []
    reached = 0.0
    for tick in ticks:
        begins = tick.x - {"start": 0, "middle": TICK_WIDTH / 2, "end": TICK_WIDTH}[tick.look]
        if begins >= reached:
            found.append(tick)
            reached = begins + TICK_WIDTH
    return found


def _anchor(x: float) -> str:
    """Which end of a text stands at its place, so that it stays in the drawing."""
    return "start" if x < SIDE * 5 else "end" if x > WIDTH - SIDE * 5 else "middle"


def _lane(place: int, row: Row, scale: Scale, today: date) -> Lane:
    bars = []
    for on, to, look, text in row.turns:
        x, end = scale.x(on), scale.x(to or max(today, on))
        bars.append(Bar(x, max(THINNEST, round(end - x, 1)), look, text, lasts=to is None))
    dues = [Mark(scale.x(on), "", look, text) for on, look, text in row.dues]
    return Lane(HEAD + LANE * place, row.label, bars, dues)


def _numbered(moves: Sequence[tuple[date, str]], scale: Scale) -> list[Mark]:
    """A mark for each day on which something moved, with the number of the first that day where there is room."""
    found: list[Mark] = []
    days: set[date] = set()
    last_written = -float(NUMBER_WIDTH)
    for number, (on, told) in enumerate(moves, start=1):
        if on in days:
            continue
        days.add(on)
        x = scale.x(on)
        has_room = abs(x - last_written) >= NUMBER_WIDTH
        last_written = x if has_room else last_written
        found.append(Mark(x, str(number) if has_room else "", told=told))
    return found


def looks(holder: str, task: Any) -> str:
    """The pattern of a turn: one for each kind of holder, another for what a body only helps with."""
    return "help" if task == "opinion" else holder
