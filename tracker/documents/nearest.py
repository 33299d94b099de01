"""Who may be meant by a name that no deputy has: the nearest names, by their signs and by their sound. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tracker.search.pinyin import sounds

NEAR = 0.45
AS_IT_SOUNDS = 0.9


def nearest(name: str, people: Iterable[tuple[int, str]], limit: int = 5) -> list[tuple[int, str]]:
    """The people whose names are most like this one, the most like first; nobody who is not like it at all."""
    heard = sounds(name)[:1]
    rated = [(likeness(name, other, heard), number, other) for number, other in people]
    near = sorted((one for one in rated if one[0] >= NEAR), key=lambda one: (-one[0], one[2], one[1]))
    return [(number, other) for _likeness, number, other in near[:limit]]


def likeness(name: str, other: str, heard: list[str] | None = None) -> float:
    """From 0 to 1: the share of signs in common, more in the same place, most where both names sound alike."""
    longest = max(len(name), len(other))
    if not name or not other:
        return 0.0
    shared = sum((Counter(name) & Counter(other)).values()) / longest
    in_place = sum(one == two for one, two in zip(name, other, strict=False)) / longest
    by_signs = (shared + in_place) / 2
    if by_signs < AS_IT_SOUNDS and len(name) == len(other) and (heard or sounds(name)[:1]) == sounds(other)[:1]:
        return AS_IT_SOUNDS
    return by_signs
