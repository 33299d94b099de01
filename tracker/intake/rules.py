"""Numbers, and what a suggestion must have before it is recorded. Pure."""

from __future__ import annotations

import re
import unicodedata

from tracker.errors import N_, RuleBroken

LONGEST_TITLE = 300
_PATTERN = re.compile(r"[^{}]*(?:\{year\}[^{}]*)?\{n(?::0[1-6]d)?\}[^{}]*")
_MARKS = re.compile(r"[*★]?(?:绝密|机密|秘密)★?")


def number_key(number: str) -> str:
    """What makes two spellings of a number the same: width, blanks, 第…号 and leading noughts do not matter."""
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", number)).upper()
    bare = bare.removesuffix("号").replace("第", "")
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


def written_number(pattern: str, year: int, n: int) -> str:
    """The n-th number of a meeting in its own pattern, for example 2026-031.

    :raises RuleBroken: the pattern holds anything but the year and the running number.
    """
    if not _PATTERN.fullmatch(pattern):
        raise RuleBroken(N_("The number pattern %(pattern)s cannot be used."), pattern=pattern)
    return pattern.format(year=year, n=n)


def must_be_whole(title: str, text: str, *, has_deputy: bool) -> None:
    """A suggestion has a title, a text that says something, and somebody who made it (北京条例 9).

    :raises RuleBroken: one of them is missing.
    """
    if not title.strip():
        raise RuleBroken(N_("The title is missing."))
    if len(title) > LONGEST_TITLE:
        raise RuleBroken(N_("The title is longer than %(count)d characters."), count=LONGEST_TITLE)
    if not text.strip():
        raise RuleBroken(N_("The text is missing."))
    if not has_deputy:
        raise RuleBroken(N_("Name the lead deputy or the delegation."))


def must_not_be_marked_secret(*texts: str) -> None:
    """A secrecy marking stops everything: nothing of it may be stored.

    :raises RuleBroken: one of the texts begins with, or consists of, a secrecy marking.
    """
    for text in texts:
        if _MARKS.fullmatch(text.strip()) or re.match(r"\s*[\[【(（]?(?:绝密|机密|秘密)[★\]】)）]", text):
            raise RuleBroken(
                N_("This carries a secrecy marking. Nothing was stored: secret matters are handled off-line.")
            )
