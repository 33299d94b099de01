"""Hints at what is no suggestion, or not yet one: one matter, length, what the rules exclude. Pure; a person decides.

A hint is a kind with the passage that led to it; the words searched for are data (hints.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

AROUND = 12
# What asks for nothing more than being read by whoever records it.
SOFT = frozenset({"too_short", "beyond_usual", "no_request"})
_REQUEST = re.compile(r"建议|希望|请|应当?|要求|需要?|尽快|加快|加强|完善|解决|推进|予以|落实|争取|恳请|呼吁")


@dataclass(frozen=True)
class Hint:
    """One hint: what kind it is, and the passage found or the number of characters counted."""

    kind: str
    passage: str = ""
    count: int = 0

    @property
    def asks_for_a_decision(self) -> bool:
        """Whether a person must say what is to be done, with the reason, before it is recorded."""
        return self.kind not in SOFT


@dataclass(frozen=True)
class _Words:
    kind: str
    where: str
    words: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]


def hints(title: str, text: str) -> list[Hint]:
    """What may speak against recording this as a suggestion, each kind once, in the order of the list."""
    found: dict[str, Hint] = {}
    for hint in (*_excluded(title, text), *_of_length(text)):
        found.setdefault(hint.kind, hint)
    return list(found.values())


def _excluded(title: str, text: str) -> Iterator[Hint]:
    places = {"title": title, "text": text, "both": f"{title}\n{text}"}
    for one in _list()[0]:
        said = places[one.where]
        if any(word.search(said) for word in one.unless):
            continue
        for word in one.words:
            if hit := word.search(said):
                yield Hint(one.kind, passage(said, hit.start(), hit.end()))
                break


def _of_length(text: str) -> Iterator[Hint]:
    shortest, usual = _list()[1]
    count = len(re.sub(r"\s+", "", text))
    if 0 < count < shortest:
        yield Hint("too_short", count=count)
    if count > usual:
        yield Hint("beyond_usual", count=count)
    if count and not _REQUEST.search(text):
        yield Hint("no_request")


def passage(text: str, start: int, end: int) -> str:
    """The place found with a few characters before and after, on one line."""
    before, after = max(0, start - AROUND), min(len(text), end + AROUND, start + 60)
    cut = re.sub(r"\s+", " ", text[before:after]).strip()
    return f"{'…' if before else ''}{cut}{'…' if after < len(text) else ''}"


@cache
def _list() -> tuple[tuple[_Words, ...], tuple[int, int]]:
    read: dict[str, Any] = tomllib.loads((Path(__file__).parent / "hints.toml").read_text(encoding="utf-8"))
    words = tuple(
        _Words(one["kind"], one.get("where", "both"), _compiled(one["words"]), _compiled(one.get("unless", [])))
        for one in read["hint"]
    )
    return words, (read["length"]["shortest"], read["length"]["usual"])


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


@dataclass(frozen=True)
class Judgement:
    """The hints that were shown, what the clerk decided in their face, and why."""

    hints: tuple[Hint, ...] = ()
    decision: str = ""
    reason: str = ""

    def facts(self) -> dict[str, Any]:
        """What the history keeps; nothing where there was nothing to decide."""
        said = {"decision": self.decision, "reason": self.reason}
        about = {"hints": [one.kind for one in self.hints], "passages": [one.passage for one in self.hints]}
        return {**about, **{name: value for name, value in said.items() if value}} if self.hints else {}
