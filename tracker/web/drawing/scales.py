"""From a number to a place: round ends, few ticks, and nothing that breaks on zero. Pure."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = (1, 2, 5)
MOST_TICKS = 5


def nice_top(largest: int) -> int:
    """The first whole number of round steps (1, 2 or 5 with noughts) that is not under the largest; at least 1."""
    return max(1, -(-largest // step_of(largest))) * step_of(largest)


def step_of(largest: int) -> int:
    """The distance of two ticks, so that no more than five steps reach the largest."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * MOST_TICKS >= largest:
                return step * power
        power *= 10


@dataclass(frozen=True)
class Scale:
    """Whole numbers from nought to a round top, laid over so much room (percent across, pixels down)."""

    top: int
    step: int
    room: float

    @classmethod
    def over(cls, largest: int, room: float) -> Scale:
        return cls(nice_top(largest), step_of(largest), room)

    @classmethod
    def to(cls, largest: int, room: float) -> Scale:
        """The largest fills the room: for bars with their number beside them, which need no ticks."""
        return cls(max(1, largest), max(1, largest), room)

    def of(self, value: float) -> float:
        """The length of a number; never longer than the room."""
        return round(min(max(value, 0), self.top) * self.room / self.top, 2)

    @property
    def ticks(self) -> list[int]:
        return list(range(0, self.top + 1, self.step))


def every(count: int, most: int) -> int:
    """Of so many in a row each which one is told, so that no more than `most` are; the last one always is."""
    return max(1, -(-count // most))
