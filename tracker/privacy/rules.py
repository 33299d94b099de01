"""Taking what reaches a person out of what was typed or read in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

SHORTEST = 6  # a shorter text would be found inside others
GONE = "█"


def telling(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values by which a person is found in texts, the longest first."""
    found = {value.strip() for value in values if value and len(value.strip()) >= SHORTEST}
    return tuple(sorted(found, key=lambda value: (-len(value), value)))


def digits_of(typed: str) -> str:
    """The digits of a telephone, whatever stands between them; empty for what is none, or too short to tell one."""
    bare = re.sub(r"[\s()+-]", "", normalize("NFKC", typed))
    return bare if len(bare) >= SHORTEST and bare.isdigit() else ""


def holds(content: Any, values: Iterable[str]) -> bool:
    """Whether one of the values stands in a text, or in a tree of texts."""
    return bool(without(content, values) != content)


def without(content: Any, values: Iterable[str]) -> Any:
    """The same text, or the same tree of texts, with a mark where one of the values stood."""
    if isinstance(content, str):
        for value in values:
            content = content.replace(value, GONE)
        return content
    if isinstance(content, dict):
        return {name: without(one, values) for name, one in content.items()}
    if isinstance(content, list):
        return [without(one, values) for one in content]
    return content
