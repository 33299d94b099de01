"""Which numbers came by, in an eighth of a byte each: a province's lines need kilobytes, not megabytes. Pure."""

from __future__ import annotations

from collections.abc import Iterable

ROOM = 1024


class Seen:
    """A set of row numbers that only grows."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self.count = 0

    def __contains__(self, number: int) -> bool:
        place = number >> 3
        return place < len(self._bits) and bool(self._bits[place] & (1 << (number & 7)))

    def add(self, number: int) -> None:
        if number in self:
            return
        place = number >> 3
        if place >= len(self._bits):
            self._bits.extend(bytes(place - len(self._bits) + ROOM))
        self._bits[place] |= 1 << (number & 7)
        self.count += 1

    def update(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.add(number)
