"""The written content of the city, and how its sentences are filled. Pure: nothing but files is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent / "content"
SLOT = re.compile(r"\{([^{}]+)\}")


@cache
def content(name: str) -> dict[str, Any]:
    """One file of content/, read once; nobody changes what it returns."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def topics() -> dict[str, dict[str, Any]]:
    """Every topic by its ref, in the order of the files."""
    files = sorted(FOLDER.glob("topics_*.toml"))
    return {topic["ref"]: topic for file in files for topic in content(file.stem)["topic"]}


def fill(sentence: str, values: Mapping[str, str], rng: Random) -> str:
    """Fill `{road}` from `values`, `{12~40}` with a number between, `{2|3}` with one of the words.

    A slot that nobody fills raises KeyError.
    """

    def one(slot: re.Match[str]) -> str:
        word = slot[1]
        if word in values:
            return values[word]
        low, tilde, high = word.partition("~")
        if tilde:
            return str(a_number(int(low), int(high), rng))
        if "|" in word:
            return rng.choice(word.split("|"))
        raise KeyError(word)

    return SLOT.sub(one, sentence)


def a_number(low: int, high: int, rng: Random) -> int:
    """A number people would write: years exactly, large amounts rounded."""
    if low >= 1900 and high <= 2100:
        return rng.randint(low, high)
    step = 100 if high >= 4000 else 10 if high >= 600 else 1
    return rng.randrange(low, high + 1, step)


def slots(sentence: str) -> set[str]:
    """The names of the places a sentence needs."""
    return {word for word in SLOT.findall(sentence) if not re.search(r"[~|]", word)}
