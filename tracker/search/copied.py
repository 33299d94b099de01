"""How much of one letter was taken from another, and which passages. Pure.

A letter is compared by the runs of characters it has in common with the other. Its frame, its punctuation and its
numbers are left out, and what all official letters say counts little, so two honest letters of one bureau share next to
nothing, while a letter in which only names, roads and numbers were replaced keeps its runs, in whatever order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from tracker.search.framing import body_of
from tracker.search.likeness import usual_rarity
from tracker.search.phrases import in_letters

RUN = 5  # characters in a row that stand in both; chosen with the two lines below on the labelled pairs
COPIED, HALF = 60, 40  # per cent of a letter that stand in the other
SHORTEST = 40  # characters of a letter that are compared, without its frame
LONGEST = 4_000
_COMMON = 0.1  # what a character counts inside phrases that all letters use
SAYS_NOTHING = 0.5  # a sentence whose characters count less than this on average
_ENDS = re.compile(r"[。！？!?；;\n]")
_SIGN = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]|[A-Za-z]+")
_NUMERAL = re.compile(
    r"[\d０-９][\d０-９.,，．%％‰]*|[〇零一二两三四五六七八九十百千]{2,}|[一二两三四五六七八九十](?=[个处户盏条名所家辆台次年月季轮项件座期])"
)


class How(StrEnum):
    """What was taken: nearly all of the letter, or half of it."""

    COPIED = "copied"
    HALF = "half"


@dataclass(frozen=True)
class Letter:
    """What a letter is compared by; made once, compared often. `at` is where each sign stands in the text read."""

    text: str
    signs: tuple[str, ...]
    at: tuple[int, ...]
    weights: tuple[float, ...]
    runs: frozenset[str]

    @property
    def is_long_enough(self) -> bool:
        return len(self.signs) >= SHORTEST


def letter(text: str) -> Letter:
    """A letter without its frame, made ready to be compared."""
    return whole(body_of(text[:LONGEST]))


def whole(text: str) -> Letter:
    """A text as it stands, made ready to be compared."""
    hidden = {place for found in _NUMERAL.finditer(text) for place in range(*found.span())}
    found = [one for one in _SIGN.finditer(text) if one.start() not in hidden]
    signs = tuple(one.group().lower() for one in found)
    weights = _weights(text, found)
    return Letter(text, signs, tuple(one.start() for one in found), weights, frozenset(_runs(signs)))


def taken(one: Letter, other: Letter) -> int:
    """How many per cent of a letter stand in the other, by what its characters count."""
    total = sum(one.weights)
    if not total or not one.is_long_enough or not other.is_long_enough:
        return 0
    return round(100 * sum(one.weights[place] for place in _in_both(one, other)) / total)


def how_taken(percent: int, *, copied: int = COPIED, half: int = HALF) -> How | None:
    """What a share means; None below half."""
    if percent >= copied:
        return How.COPIED
    return How.HALF if percent >= half else None


def _in_both(one: Letter, other: Letter) -> set[int]:
    """The places of the signs of one that stand in the other in a run."""
    starts = (place for place, run in enumerate(_runs(one.signs)) if run in other.runs)
    return {place for start in starts for place in range(start, start + RUN)}


def _runs(signs: tuple[str, ...]) -> Iterable[str]:
    text = "".join(signs)
    if len(text) == len(signs):  # no word of other letters in it: its signs are its characters
        return (text[at : at + RUN] for at in range(len(text) - RUN + 1))
    return ("".join(signs[at : at + RUN]) for at in range(len(signs) - RUN + 1))


def _weights(text: str, found: Sequence[re.Match[str]]) -> tuple[float, ...]:
    """What each sign counts, by the pair it begins; nothing in a sentence that any letter might hold."""
    weights = [
        _COMMON if (pair := one.group() + following.group()) in in_letters() else usual_rarity(pair)
        for one, following in zip(found, [*found[1:], found[-1]] if found else [], strict=True)
    ]
    begin = 0
    for end, one in enumerate(found, 1):
        if end == len(found) or _ENDS.search(text, one.end(), found[end].start()):
            if sum(weights[begin:end]) < SAYS_NOTHING * (end - begin):
                weights[begin:end] = [0.0] * (end - begin)
            begin = end
    return tuple(weights)


Line = tuple[tuple[str, bool], ...]  # a line of a text in pieces, each with whether it stands in the other


def beside(one: str, other: str) -> tuple[list[Line], list[Line]]:
    """Two letters line by line, what stands in both marked: no frames, and no name or number that was replaced."""
    return _marked(one, other), _marked(other, one)


def _marked(one: str, other: str) -> list[Line]:
    mine, theirs = whole(one), letter(other)
    marks = bytearray(len(one))
    places = sorted(place for place in _in_both(mine, theirs) if mine.weights[place])
    for place in places:
        marks[mine.at[place] : mine.at[place] + len(mine.signs[place])] = b"\1" * len(mine.signs[place])
    for first, second in pairwise(places):
        begin, end = mine.at[first] + len(mine.signs[first]), mine.at[second]
        between = one[begin:end]
        if second == first + 1 and (not _NUMERAL.search(between) or one[begin - 1 : end + 1] in other):
            marks[begin:end] = b"\1" * (end - begin)
    return list(_lines(one, marks))


def _lines(text: str, marks: bytearray) -> Iterator[Line]:
    begin = 0
    for line in text.split("\n"):
        pieces = groupby(range(begin, begin + len(line)), lambda at: bool(marks[at]))
        yield tuple(("".join(text[at] for at in places), is_marked) for is_marked, places in pieces)
        begin += len(line) + 1
