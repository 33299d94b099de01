"""Which numbered requests of a suggestion find no answer in the text of its reply. Pure.

A reply answers a request where it speaks of what the request speaks of: the rare pairs of characters, those that do not
stand in the other requests too, are looked for in its text. Whether the answer is a good one nobody can say by that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tracker.handling.requests import numbered_in
from tracker.search.framing import body_of
from tracker.search.likeness import Rarity, bigrams, usual_rarity, weight
from tracker.search.phrases import instead

ANSWERED = 0.2  # the share of a request's rare pairs that stands in the reply; chosen on tests/handling/left.toml
IN_TITLE = 0.3  # what a pair counts that stands in the suggestion's title
SAME_REQUEST = 0.8
_ORDINAL = "第[{n}{c}]{{1,2}}[条点项个]"
_DIGITS = "一二三四五六七八九十"
_COMMAND = re.compile(
    r"^(?:要|应|应当|进一步|积极|大力|尽快|立即|加快|推[动进行]|加强|完善|健全|建[立设]|开展|实行|落实|明确|组织|把|将|由)+"
)


def left_unanswered(
    suggestion: str, reply: str, *, title: str = "", points: Iterable[tuple[str, str]] = ()
) -> list[str]:
    """The numbered requests of a suggestion's text that its reply does not speak of, in their order.

    `points` are the requests and answers noted beside the letter (逐条答复): what is answered there is answered. Who
    ticks there that the letter answers has not answered yet: the letter is read. What the `title` says tells little:
    the whole reply speaks of it. A suggestion that numbers nothing, or one thing only, leaves nothing unanswered here.
    """
    return unspoken(numbered_in(suggestion), reply, title=title, points=points)


def unspoken(asked: Sequence[str], reply: str, *, title: str = "", points: Iterable[tuple[str, str]] = ()) -> list[str]:
    """Of these requests of one suggestion those that a reply does not speak of, in their order."""
    if not asked:
        return []
    noted = [one for one in points if one[1].strip()]
    said = "\n".join(map(instead, (body_of(reply), *(answer for _request, answer in noted))))
    weigh, have = _weigher(title, asked), bigrams(said)
    return [
        one
        for place, one in enumerate(asked)
        if not (
            _is_named(place, said)
            or _share(one, have, weigh) >= ANSWERED
            or any(_is_same(one, request) for request, _answer in noted)
        )
    ]


def _weigher(title: str, asked: Sequence[str]) -> Rarity:
    """What a pair of characters tells of one request: nothing where all say it, little where the title does."""
    often = Counter(pair for one in asked for pair in _pairs(one))
    subject = bigrams(instead(title))

    def weigh(pair: str) -> float:
        if len(asked) > 2 and often[pair] == len(asked):
            return 0.0
        return usual_rarity(pair) * (IN_TITLE if pair in subject else 1.0)

    return weigh


def _pairs(request: str) -> set[str]:
    return bigrams(instead(_COMMAND.sub("", request)))


def _share(request: str, have: set[str], weigh: Rarity) -> float:
    """How much of what this request says stands in the reply."""
    own = _pairs(request)
    whole = weight(own, weigh)
    return weight(own & have, weigh) / whole if whole else 1.0


def _is_named(place: int, said: str) -> bool:
    """The reply names it by its number: 关于第三条建议."""
    return re.search(_ORDINAL.format(n=place + 1, c=_DIGITS[place : place + 1]), said) is not None


def _is_same(request: str, noted: str) -> bool:
    """Whether a noted request is this one, perhaps shortened or in slightly other words."""
    mine, theirs = bigrams(request), bigrams(noted)
    return len(mine & theirs) >= SAME_REQUEST * min(len(mine), len(theirs))
