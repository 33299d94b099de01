"""How alike two suggestions are: characters two by two, the rare ones counting most, and the places they name. Pure.

The same matter comes back in other words and from other deputies, while the same sentences stand around other matters.
So what every suggestion says counts little, what one says more than once counts most, title and text are compared
apart, words inside place names say nothing about the matter, and two that name different places are seldom the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache

from tracker.search.phrases import everywhere, instead, no_beginning, no_place, often

ALIKE = 0.38  # from here on a suggestion is shown as a look-alike; this and the weights fit the labelled pairs
TITLE, EACH_IN_THE_OTHER, TEXT, SAID_AGAIN = 0.15, 0.30, 0.10, 0.70
COMMON = 0.08  # what a pair of characters counts that stands in nearly every suggestion
OTHER_PLACE, PARTLY_OTHER, ONE_PLACE = 0.3, 0.4, 0.9  # factors
SAME_PLACE = 0.65  # an exponent: it lifts what is alike, and keeps order and the greatest likeness

Rarity = Callable[[str], float]
RUN = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]+|[a-z0-9]+")
_FRAME = re.compile(r"^关于|的?(?:建议|意见|提案|议案)$")
_KINDS = (
    "街道|大道|大街|小区|社区|新村|花园|广场|公园|水库|大桥|隧道|中学|小学|学校|医院|戏台|古城|城墙|祠堂|遗址|景区|车站"
    "|古镇|古村|产业园|工业园|物流园"
)
_STATION = "火车站|汽车站|高铁站"
_NAMED = re.compile(f"(?=({_STATION}|[㐀-鿿]{{2}}(?:{_KINDS})))")  # places may overlap, so nothing is used up
_SHORT = re.compile(  # 路面, 村民, 河道 … are no places
    "(?=([㐀-鿿]{2}(?:路(?![面网线人况障径子灯])|村(?![民级医庄里委])|区(?![域别分间])|县(?!级)|河(?![道流段岸])|里(?![面程])"
    "|桥(?!梁)|镇(?!化)|街(?![道区头面])|乡(?![村镇])|[巷湖江溪苑])))"
)
_KIND = frozenset(_KINDS.split("|"))


@dataclass(frozen=True)
class Profile:
    """What one suggestion is compared by; made once, compared often."""

    title: frozenset[str]
    text: frozenset[str]
    said_again: Mapping[str, int]  # what it says more than once, and how often more
    places: frozenset[str]
    title_places: frozenset[str]

    @property
    def whole(self) -> frozenset[str]:
        return self.title | self.text


@dataclass(frozen=True)
class Likeness:
    """How alike two suggestions are: from 0, nothing in common, to about 1, word for word."""

    score: float
    same_places: frozenset[str] = frozenset()
    other_places: bool = False

    @property
    def is_alike(self) -> bool:
        return self.score >= ALIKE


def bigrams(text: str) -> set[str]:
    """Chinese characters two by two, and whole words of letters and digits."""
    return set(_pairs(text))


def profile(title: str, text: str) -> Profile:
    """What a suggestion is compared by; the text may be missing, as in old ledgers."""
    matter, said = instead(_FRAME.sub("", title.strip())), instead(text)
    named = places(matter, said)
    of_title, of_text = _without(named, matter), _without(named, said)
    again = {pair: times - 1 for pair, times in Counter([*of_title, *of_text]).items() if times > 1}
    in_title = frozenset(place for place in named if place in matter)
    return Profile(frozenset(of_title), frozenset(of_text), again, named, in_title)


def places(title: str, text: str) -> frozenset[str]:
    """The places named, each by its kind and the two characters before it: 福里小区 of 幸福里小区.

    A kind of one character (路, 村, 河) makes a place only in the title, or where the text says it twice.
    """
    whole = f"{title}。{text}"
    found = set(_NAMED.findall(whole))
    short = [place for place in _SHORT.findall(whole) if place[-2:] not in _KIND]
    found |= {place for place in short if place in title or short.count(place) > 1}
    named = {place for place in found if _is_a_name(place)}
    return frozenset(place for place in named if not any(place != other and other.endswith(place) for other in named))


def _is_a_name(place: str) -> bool:
    if place[0] in no_beginning() or place[:2] in everywhere():
        return False
    return place[:2] not in _KIND and not any(part in no_place() for part in (place[:2], place[1:3]))


def likeness(one: Profile, other: Profile, rarity: Rarity | None = None) -> Likeness:
    """Compare two suggestions; `rarity` weighs a pair of characters, by default by what is said everywhere."""
    score = matter(one, other, rarity)
    same, apart = _same_places(one, other), False
    if same and _roads(one) - other.places and _roads(other) - one.places:
        score *= PARTLY_OTHER  # of two crossings the one road is the same, the other is not
        apart = True
    elif same:
        score **= SAME_PLACE
    elif one.title_places and other.title_places:
        score *= OTHER_PLACE
        apart = True
    elif one.title_places or other.title_places:
        score *= ONE_PLACE
    return Likeness(round(min(score, 1.0), 4), same, apart)


def matter(one: Profile, other: Profile, weigh: Rarity | None = None) -> float:
    """How alike the matters are, whatever the places: from 0 to 1."""
    weigh = weigh or usual_rarity
    across = (_held(one.title, other.whole, weigh) + _held(other.title, one.whole, weigh)) / 2
    vouched = min(1.0, 4 * across)  # the same sentences around another matter: the titles do not vouch for them
    parts = [(TITLE, _dice(one.title, other.title, weigh)), (EACH_IN_THE_OTHER, across)]
    if one.text and other.text:
        parts.append((TEXT, min(1.0, 2 * _dice(one.text, other.text, weigh)) * vouched))
    again = [_again(mine.said_again, theirs.whole, weigh) for mine, theirs in ((one, other), (other, one))]
    known = [part for part in again if part is not None]
    if known:
        parts.append((SAID_AGAIN, sum(known) / len(known) * min(1.0, 0.3 + vouched)))
    return sum(share * part for share, part in parts) / sum(share for share, _part in parts)


@cache
def usual_rarity(pair: str) -> float:
    """Little for what stands in nearly every suggestion, less than one for what stands in many, one for all else."""
    return COMMON if pair in everywhere() else often().get(pair, 1.0)


def telling(found: Profile, limit: int = 24) -> list[str]:
    """The pairs of characters to look a suggestion up by: those of the title, then of its text, no common ones."""
    rare = [sorted(pair for pair in part if pair not in everywhere()) for part in (found.title, found.text)]
    by_title = rare[0] or sorted(found.title)
    return list(dict.fromkeys([*by_title, *rare[1]]))[:limit]


def _again(said: Mapping[str, int], whole: Set[str], weigh: Rarity) -> float | None:
    """How much of what one says more than once stands in the other; None where nothing is said twice."""
    total = sum(weigh(pair) * times for pair, times in said.items())
    return sum(weigh(pair) * times for pair, times in said.items() if pair in whole) / total if total else None


def _same_places(one: Profile, other: Profile) -> frozenset[str]:
    """What both name, at least one of them in its title; where no title names any, what both texts name."""
    if one.title_places or other.title_places:
        return (one.title_places & other.places) | (one.places & other.title_places)
    return one.places & other.places


def _roads(found: Profile) -> frozenset[str]:
    return frozenset(place for place in found.title_places if place[-1] in "路街道")


def _pairs(text: str) -> list[str]:
    """The pairs of characters of a text in their order."""
    found: list[str] = []
    for run in RUN.findall(text.lower()):
        found += [run] if run[0] < "㐀" else [run[at : at + 2] for at in range(len(run) - 1)]
    return found


def _without(named: frozenset[str], text: str) -> list[str]:
    """The pairs of characters of a text outside the places it names."""
    if not named:
        return _pairs(text)
    longest_first = sorted(map(re.escape, named), key=len, reverse=True)
    return _pairs(re.sub(f"(?:{'|'.join(longest_first)})(?:{_KINDS})?", "\n", text))


def weight(pairs: Iterable[str], weigh: Rarity) -> float:
    """What some pairs of characters count together."""
    return sum(weigh(pair) for pair in pairs)


def _dice(one: Set[str], other: Set[str], weigh: Rarity) -> float:
    both = weight(one, weigh) + weight(other, weigh)
    return 2 * weight(one & other, weigh) / both if both else 0.0


def _held(one: Set[str], other: Set[str], weigh: Rarity) -> float:
    whole = weight(one, weigh)
    return weight(one & other, weigh) / whole if whole else 0.0
