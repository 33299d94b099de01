"""Numbers, and what a suggestion must have before it is recorded. Pure."""

from __future__ import annotations

import re
import unicodedata

from tracker.errors import N_, RuleBroken
from tracker.files.marks import any_marked

LONGEST_TITLE = 300
LONGEST_NUMBER = 40
_FIELD = re.compile(r"\{(?:(year|term|session)|(n(?::0[1-6]d)?))\}")


def number_key(number: str) -> str:
    """What makes two spellings of a number the same: width, blanks, 第…号 and leading noughts do not matter."""
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", number)).upper()
    bare = bare.removesuffix("号").replace("第", "")
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


def written_number(pattern: str, year: int, n: int, *, term: int | None = None, session: int | None = None) -> str:
    """The n-th number of a meeting in its own pattern, for example 2026-031 by {year}-{n:03d}.

    A pattern names the running number once; it may name the year, and the ordinals of term (届) and meeting (次).

    :raises RuleBroken: it names something else, what the meeting does not have, or would be too long.
    """
    found = _FIELD.findall(pattern)
    if len([1 for _name, running in found if running]) != 1 or {"{", "}"} & set(_FIELD.sub("", pattern)):
        raise RuleBroken(
            N_(
                "This pattern cannot be used: "
                "it names the running number once, and in braces nothing but what is listed."
            )
        )
    known = {"year": year, "term": term, "session": session}
    if any(name and known[name] is None for name, _running in found):
        raise RuleBroken(N_("This meeting has no term or no ordinal that a pattern could name."))
    written = pattern.format(**known, n=n)
    if len(written) > LONGEST_NUMBER:
        raise RuleBroken(N_("The number would be longer than %(count)d characters."), count=LONGEST_NUMBER)
    return written


def must_be_two(one_id: int, other_id: int, *, same_congress: bool) -> None:
    """Two different suggestions of one congress.

    :raises RuleBroken: they are not.
    """
    if one_id == other_id:
        raise RuleBroken(N_("A suggestion cannot be merged into itself."))
    if not same_congress:
        raise RuleBroken(N_("Only suggestions of one congress are merged."))


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

    :raises RuleBroken: a line of one of the texts carries a marking.
    """
    if any(any_marked(text.splitlines()) for text in texts if "密" in text):
        raise RuleBroken(N_("This carries a secrecy marking. Nothing was stored: secret matters are handled off-line."))
