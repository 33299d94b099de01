"""What is said everywhere, what names no place, and other words for the same: read once from `phrases.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def everywhere() -> frozenset[str]:
    """The pairs of characters that stand in nearly every suggestion."""
    return frozenset(phrase[at : at + 2] for phrase in _read()["everywhere"] for at in range(len(phrase) - 1))


@cache
def in_letters() -> frozenset[str]:
    """The pairs of characters of phrases that official letters use whatever they answer."""
    return frozenset(phrase[at : at + 2] for phrase in _read()["in_letters"] for at in range(len(phrase) - 1))


@cache
def often() -> dict[str, float]:
    """What a pair of characters counts that stands in many suggestions: the less, the more it stands in."""
    return {pair: float(weight) for weight, pairs in _read()["often"].items() for pair in pairs.split()}


@cache
def no_place() -> frozenset[str]:
    """What stands before a kind of place and names none: 农村, 老旧小区, 我市."""
    return frozenset(_read()["no_place"])


@cache
def no_beginning() -> frozenset[str]:
    """The characters before a place that belong to the verb: 治白沙 of 治理…, 决石桥 of 解决石桥镇."""
    return frozenset(_read()["no_beginning"])


def instead(text: str) -> str:
    """The text with one word for one thing: 泊车位 becomes 停车位."""
    pattern, words = _instead()
    return pattern.sub(lambda match: words[match.group()], text)


@cache
def _instead() -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = _read()["instead"]
    kept = {*words.values()}  # a word that is right already is found first and stays: 停车位 is not 停停车位
    all_words = {**{word: word for word in kept}, **words}
    longest_first = sorted(all_words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), all_words


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
