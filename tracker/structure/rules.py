"""What a name and an address may look like, and which days fit together. Pure."""

from __future__ import annotations

import re
from datetime import date

from tracker.errors import N_, RuleBroken

ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\Z"
)
LONGEST_ADDRESS = 254
# Line ends and control signs would begin a new header in a letter; direction marks show a name as another one.
NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069<>]")


def name(text: str | None, *, most: int) -> str:
    """A name without outer blanks, fit for a page, a ledger and the head of a letter.

    :raises RuleBroken: it is empty, longer than `most` characters, or holds signs that no name has.
    """
    bare = (text or "").strip()
    if not bare:
        raise RuleBroken(N_("A name is missing."))
    return fit(bare, most=most)


def fit(text: str | None, *, most: int) -> str:
    """As `name`, but may be empty.

    :raises RuleBroken: it is longer than `most` characters, or holds signs that no name has.
    """
    bare = (text or "").strip()
    if NOT_IN_NAMES.search(bare):
        raise RuleBroken(N_("“%(text)s” holds signs that no name has."), text=NOT_IN_NAMES.sub("�", bare)[:60])
    if len(bare) > most:
        raise RuleBroken(N_("“%(text)s…” is longer than %(most)d characters."), text=bare[:20], most=most)
    return bare


def address(email: str | None) -> str | None:
    """A mail address as written, or None for an empty one.

    :raises RuleBroken: no letter could be sent to it.
    """
    bare = (email or "").strip()
    if not bare:
        return None
    if len(bare) > LONGEST_ADDRESS or not ADDRESS.fullmatch(bare):
        raise RuleBroken(N_("“%(email)s” is not an e-mail address."), email=NOT_IN_NAMES.sub("�", bare)[:60])
    return bare


def must_follow(first: date | None, last: date | None) -> None:
    """:raises RuleBroken: something would end before it began."""
    if first is not None and last is not None and last < first:
        raise RuleBroken(N_("It cannot end (%(last)s) before it begins (%(first)s)."), first=first, last=last)


LEVELS = ("province", "city", "county", "township")


def stands_above(level: str, other: str) -> bool:
    """Whether a congress of the first level may stand above one of the second (组织法: four levels, some left out)."""
    return LEVELS.index(level) < LEVELS.index(other)


def overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans of days share a day; no first day means no span, no last day means it lasts."""
    (first, last), (begun, ended) = one, other
    if first is None or begun is None:
        return False
    return (ended is None or first <= ended) and (last is None or begun <= last)


def must_fit_the_kind(kind: str, old: int, new: int) -> None:
    """:raises RuleBroken: so many bodies cannot become so many others in this way."""
    fits = {
        "renamed": old == 1 and new == 1,
        "merged": old >= 1 and new == 1,
        "split": old == 1 and new >= 2,
        "transferred": old == 1 and new == 1,
    }
    if not fits[kind]:
        raise RuleBroken(N_("One is renamed, one or several are merged into one, one is split into at least two."))
