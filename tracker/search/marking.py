"""Where in a text the words stand, and the passage around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.search.rules import PAIRED, RUN, Sought, plain

BEFORE, LENGTH = 12, 60  # characters of a passage before its first hit, and in all
MOST_PASSAGES = 2
SHORT = 100  # characters; titles and names are looked into several times for one page
_LETTER = f"[^\\W_{PAIRED}]"


@dataclass(frozen=True)
class Part:
    """A piece of a text, and whether it is what was asked for."""

    text: str
    is_hit: bool = False


def parts(text: str, words: Sequence[Sought]) -> list[Part]:
    """The whole text in parts."""
    return list(_cut(text, spans(text, words), 0, len(text)))


def passage(text: str, words: Sequence[Sought], around: Sequence[Sought] = ()) -> list[Part]:
    """The parts of a text around the first place of a word (of those to be shown), and of another further on."""
    found = spans(text, words)
    firsts = sorted(own[0] for word in around or words if (own := spans(text, [word])))
    shown: list[Part] = []
    end = 0
    for first, last in firsts[:MOST_PASSAGES]:
        if last <= end:
            continue
        begin = max(end, first - BEFORE)
        shown += [_DOTS] if begin > end else []
        end = min(len(text), max(last, begin + LENGTH))
        shown += _cut(text, found, begin, end)
    return [*shown, _DOTS] if shown and end < len(text) else shown


def holds(text: str, word: Sought) -> bool:
    return _pattern(word).search(_same(text)[0]) is not None


def spans(text: str, words: Sequence[Sought]) -> list[tuple[int, int]]:
    """From where to where the words stand, in order and without overlap."""
    same, at = _same(text)
    found = sorted((at[hit.start()], at[hit.end() - 1] + 1) for word in words for hit in _pattern(word).finditer(same))
    merged: list[tuple[int, int]] = []
    for first, last in found:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


_DOTS = Part("…")


def _cut(text: str, found: Iterable[tuple[int, int]], begin: int, end: int) -> Iterator[Part]:
    for first, last in found:
        first, last = max(first, begin), min(last, end)
        if first >= last:
            continue
        if first > begin:
            yield Part(text[begin:first])
        yield Part(text[first:last], True)
        begin = last
    if begin < end:
        yield Part(text[begin:end])


@lru_cache(maxsize=256)
def _pattern(word: Sought) -> re.Pattern[str]:
    """The runs of the word in a row, whatever signs stand between; a word of letters begins where letters begin."""
    runs = [run.group() for run in RUN.finditer(plain(word.said))]
    begins = f"(?<!{_LETTER})" if re.match(_LETTER, runs[0]) else ""
    ends = f"(?!{_LETTER})" if re.match(_LETTER, runs[-1]) and not word.open else ""
    return re.compile(begins + r"[\W_]*".join(re.escape(run) for run in runs) + ends)


def _same(text: str) -> tuple[str, Sequence[int]]:
    """The text in its one spelling, and for each of its characters the place in the text; of a short text kept."""
    return _kept(text) if len(text) <= SHORT else _spelt(text)


@lru_cache(maxsize=2_000)
def _kept(text: str) -> tuple[str, Sequence[int]]:
    return _spelt(text)


def _spelt(text: str) -> tuple[str, Sequence[int]]:
    same = plain(text)
    if len(same) == len(text):
        return same, range(len(text))
    pairs = [(letter, place) for place, one in enumerate(text) for letter in plain(one)]
    return "".join(letter for letter, _place in pairs), [place for _letter, place in pairs]
