"""Points (考核评分): a scheme is items with points, each with its formula; what has no case is left out, not given.

Pure. A place's scheme is data; no number of points lives in code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from tracker.errors import N_, RuleBroken

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
MOST_POINTS = 1_000


class How(StrEnum):
    """How points are made of figures.

    share: points × part ÷ whole · below: full at a percentage, so much less for each percentage point under it ·
    each: full, so much less for each case, not under the least · hand: a person gives them, with a reason.
    """

    SHARE = "share"
    BELOW = "below"
    EACH = "each"
    HAND = "hand"


@dataclass(frozen=True)
class Item:
    """One line of a scheme. `measure` and `of` are keys of figures; `minus` are points, `full_at` is a percentage."""

    key: str
    zh: str
    en: str
    points: Decimal
    how: How
    measure: str = ""
    of: str = ""
    minus: Decimal = Decimal(0)
    full_at: Decimal = HUNDRED
    least: Decimal = Decimal(0)

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") and self.en else self.zh


@dataclass(frozen=True)
class Scheme:
    """A scheme: its title, where it comes from, its items. `full` is what its items come to."""

    title_zh: str
    title_en: str
    source: str
    items: tuple[Item, ...]

    @property
    def full(self) -> Decimal:
        return sum((one.points for one in self.items), Decimal(0))

    def title(self, language: str) -> str:
        return self.title_en if language.startswith("en") and self.title_en else self.title_zh


@dataclass(frozen=True)
class Scored:
    """What a body has of one item: the points, and the values its formula is printed with.

    `points` is None where there was no case, or nobody gave points yet: then the item counts in no sum.
    """

    item: Item
    points: Decimal | None
    part: int | None = None
    whole: int | None = None
    note: str = ""

    @property
    def percent(self) -> Decimal | None:
        """Part of whole, in per cent to two places; None of nothing."""
        if not self.whole or self.part is None:
            return None
        return _cents(HUNDRED * self.part / self.whole)


@dataclass(frozen=True)
class Total:
    """The sum of what could be given, and of how many points that is."""

    points: Decimal
    out_of: Decimal

    @property
    def share(self) -> Decimal:
        """What was reached of what could be reached: by this bodies are put in order."""
        return self.points / self.out_of if self.out_of else Decimal(0)


def read_scheme(data: Mapping[str, Any], known: Mapping[str, str]) -> Scheme:
    """A scheme from its data; `known` are the figures there are, each with what it is a part of (or nothing).

    What an item does not say its figure is a part of is what the figure itself is a part of.

    :raises RuleBroken: a title, an item or a figure is missing or unknown, or points are no sensible number.
    """
    if not str(data.get("title_zh", "")).strip():
        raise RuleBroken(N_("The scheme has no title."))
    items = tuple(_item(one, known) for one in data.get("items", ()))
    if not items:
        raise RuleBroken(N_("The scheme has no items."))
    keys = [one.key for one in items]
    for key in keys:
        if keys.count(key) > 1:
            raise RuleBroken(N_("Two items of the scheme are called %(key)s."), key=key)
    title_zh, title_en = str(data["title_zh"]).strip(), str(data.get("title_en", "")).strip()
    return Scheme(title_zh, title_en, str(data.get("source", "")), items)


def _item(said: Mapping[str, Any], known: Mapping[str, str]) -> Item:
    name = str(said.get("zh", "")).strip()
    if not name or not str(said.get("key", "")).strip():
        raise RuleBroken(N_("An item of the scheme has no name."))
    try:
        how = How(str(said.get("how", "")))
    except ValueError:
        raise RuleBroken(N_("“%(item)s” does not say how its points are made."), item=name) from None
    numbers: dict[str, Any] = {key: _number(said, key, usual, name) for key, usual in _NUMBERS.items()}
    words: dict[str, Any] = {key: str(said.get(key, "")).strip() for key in ("key", "zh", "en")}
    return Item(**words, how=how, **_figures(said, how, name, known), **numbers)


def _figures(said: Mapping[str, Any], how: How, name: str, known: Mapping[str, str]) -> dict[str, Any]:
    if how is How.HAND:
        return {}
    measure = str(said.get("measure", ""))
    of = str(said.get("of", "")) or known.get(measure, "")
    for key in (measure, *([of] if how in (How.SHARE, How.BELOW) else [])):
        if key not in known:
            raise RuleBroken(N_("“%(item)s” asks for a figure that does not exist: %(key)s."), item=name, key=key)
    return {"measure": measure, "of": of}


_NUMBERS = {"points": "0", "minus": "0", "full_at": "100", "least": "0"}


def _number(said: Mapping[str, Any], key: str, usual: str, name: str) -> Decimal:
    try:
        value = Decimal(str(said.get(key, usual)))
    except ArithmeticError:
        value = Decimal("nan")
    if not value.is_finite() or abs(value) > MOST_POINTS:
        raise RuleBroken(
            N_("“%(item)s” has points that are no number: %(value)s."), item=name, value=str(said.get(key))
        )
    return value


def scored(item: Item, figures: Mapping[str, int], given: Mapping[str, tuple[Decimal, str]] | None = None) -> Scored:
    """What a body with these figures has of an item; `given` are points by hand with their reasons."""
    if item.how is How.HAND:
        points, note = (given or {}).get(item.key, (None, ""))
        return Scored(item, points, note=note)
    part = figures.get(item.measure, 0)
    if item.how is How.EACH:
        return Scored(item, _cents(max(item.least, item.points - item.minus * part)), part)
    whole = figures.get(item.of, 0)
    if not whole:
        return Scored(item, None, part, whole)
    if item.how is How.SHARE:
        return Scored(item, _cents(item.points * part / whole), part, whole)
    under = max(Decimal(0), item.full_at - HUNDRED * part / whole)
    return Scored(item, _cents(max(item.least, item.points - item.minus * under)), part, whole)


def total(scores: Sequence[Scored]) -> Total:
    """The sum over what could be given; what had no case adds neither points nor what they are out of."""
    counted = [one for one in scores if one.points is not None]
    return Total(
        sum((one.points for one in counted if one.points is not None), Decimal(0)),
        sum((one.item.points for one in counted), Decimal(0)),
    )


def places(shares: Sequence[Decimal]) -> list[int]:
    """The places of these shares in their order, the greatest first; equals share a place."""
    ordered = sorted(shares, reverse=True)
    return [ordered.index(one) + 1 for one in shares]


def must_be_points(points: Decimal, item: Item, reason: str) -> None:
    """Points by hand lie between the least and the full points, and have a reason.

    :raises RuleBroken: they do not, or have none.
    """
    if not item.least <= points <= item.points:
        raise RuleBroken(
            N_("Points for “%(item)s” lie between %(least)s and %(most)s."),
            item=item.zh,
            least=f"{item.least:f}",
            most=f"{item.points:f}",
        )
    if not reason.strip():
        raise RuleBroken(N_("Say why so many points are given for “%(item)s”."), item=item.zh)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
