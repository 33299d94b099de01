"""Which sentences of one suggestion are most alike to another, and what in them stands in both. Pure."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from tracker.search.likeness import COMMON, RUN, Rarity, bigrams, usual_rarity, weight

SENTENCES = 2  # shown of each look-alike
LEAST = 0.6  # what a sentence must share to be shown, against the root of its length
PASSAGE = 90  # characters of one
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


@dataclass(frozen=True)
class Passage:
    """A sentence of the other suggestion, in pieces: what stands in both is marked."""

    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(piece for piece, _marked in self.pieces)


def passages(mine: str, theirs: str, rarity: Rarity | None = None) -> list[Passage]:
    """The sentences of `theirs` that are most alike to what `mine` says, in their own order, the common marked."""
    weigh, have = rarity or usual_rarity, bigrams(mine)
    sentences = [one.group().strip() for one in _SENTENCE.finditer(theirs)]
    worth = {place: _worth(sentence, have, weigh) for place, sentence in enumerate(sentences)}
    best = sorted((place for place in worth if worth[place] >= LEAST), key=lambda place: (-worth[place], place))
    return [_marked(sentences[place], have, weigh) for place in sorted(best[:SENTENCES])]


def _worth(sentence: str, have: Set[str], weigh: Rarity) -> float:
    """What a sentence shares, against the root of its length: a long one does not win by its length alone."""
    own = bigrams(sentence)
    return weight(own & have, weigh) / max(1.0, len(own) ** 0.5) if own else 0.0


def _marked(sentence: str, have: Set[str], weigh: Rarity) -> Passage:
    """The sentence with the runs that stand in both; pairs that stand everywhere mark nothing by themselves."""
    marks = [False] * len(sentence)
    for match in RUN.finditer(sentence.lower()):
        run, begin = match.group(), match.start()
        if run[0] < "㐀":
            marks[begin : match.end()] = [run in have] * len(run)
            continue
        for at in range(len(run) - 1):
            if run[at : at + 2] in have and weigh(run[at : at + 2]) > COMMON:
                marks[begin + at] = marks[begin + at + 1] = True
    return Passage(_pieces(*_around(sentence, marks)))


def _around(sentence: str, marks: list[bool]) -> tuple[str, list[bool]]:
    """At most a passage of it, the part with the marks."""
    if len(sentence) <= PASSAGE:
        return sentence, marks
    begin = max(range(len(sentence) - PASSAGE + 1), key=lambda at: (sum(marks[at : at + PASSAGE]), -at))
    end = begin + PASSAGE
    before, after = "…" if begin else "", "…" if end < len(sentence) else ""
    shown = [*([False] * len(before)), *marks[begin:end], *([False] * len(after))]
    return f"{before}{sentence[begin:end]}{after}", shown


def _pieces(sentence: str, marks: list[bool]) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    for sign, is_marked in zip(sentence, marks, strict=True):
        if pieces and pieces[-1][1] == is_marked:
            pieces[-1] = (pieces[-1][0] + sign, is_marked)
        else:
            pieces.append((sign, is_marked))
    return tuple(pieces)
