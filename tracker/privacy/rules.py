"""Taking what reaches a person out of what was typed or read in. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

from tracker.contact_facts import digits_of, in_any_spelling, plain, telephones_in, wide

SHORTEST = 6  # a shorter text would be found inside others
GONE = "█"
MOBILE_DIGITS = 11


def telling(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values by which a person is found in texts, and each telephone in them, the longest first."""
    written = [value.strip() for value in values if value]
    found = {one for value in written for one in (value, *telephones_in(value)) if len(one) >= SHORTEST}
    return tuple(sorted(found, key=lambda value: (-len(value), value)))


def holds(content: Any, values: Iterable[str]) -> bool:
    """Whether one of the values stands in a text, or in a tree of texts."""
    return bool(without(content, values) != content)


def without(content: Any, values: Iterable[str]) -> Any:
    """The same text, or the same tree of texts, with a mark where one of the values stood."""
    if isinstance(content, str):
        for value in values:
            content = _cut(content, _spelled(value))
        return content
    if isinstance(content, dict):
        return {name: without(one, values) for name, one in content.items()}
    if isinstance(content, list):
        return [without(one, values) for one in content]
    return content


def roughly(value: str) -> tuple[str, ...]:
    """Patterns of LIKE, with `/` before a sign that is meant: a text in which the value stands fits one of them."""
    digits = digits_of(value).removeprefix("0")
    parts = _parts(digits) if digits else re.split("[@.]", value) if "@" in value else [value]
    meant = [[each(part) for part in parts] for each in (str, wide)]
    in_json = [[json.dumps(part)[1:-1] for part in one] for one in meant]  # SQLite keeps JSON in ASCII
    patterns = (f"%{'%'.join(map(_meant, one))}%" for one in (*meant, *in_json))
    return tuple(dict.fromkeys(patterns))


def _parts(digits: str) -> list[str]:
    """A telephone cut wherever people group it: 3-4-4, 4-4-3 and 3-3-5 digits, or area code, 3 or 4, and 4."""
    end = len(digits)
    cuts = (3, 4, 6, 7, 8) if end == MOBILE_DIGITS and digits[0] == "1" else (2, 3, end - 8, end - 7, end - 4)
    places = sorted({0, end, *(cut for cut in cuts if 0 < cut < end)})
    return [digits[one:next_one] for one, next_one in pairwise(places)]


def _meant(part: str) -> str:
    return re.sub("[/%_]", r"/\g<0>", part)


def _cut(text: str, found: re.Pattern[str]) -> str:
    """The text with a mark in the places where something is found in its plain form."""
    left, last = [], 0
    for one in found.finditer(plain(text)):
        left.append(text[last : one.start()])
        last = one.end()
    return GONE.join([*left, text[last:]]) if left else text


_spelled = lru_cache(maxsize=200)(in_any_spelling)
