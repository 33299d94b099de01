"""How a secrecy marking is written (绝密, 机密, 秘密): with a star, in brackets, alone on its line, or up front. Pure.

The word inside a sentence ("protect trade secrets") is no marking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEVEL = r"(?:绝密|机密|秘密)级?"
_STAR = r"[★☆*＊]"
_PERIOD = r"(?:\d+(?:年|个月|月|天)|长期)?"
STARRED = re.compile(rf"(?<!家){_LEVEL}{_STAR}")
BRACKETED = re.compile(rf"[\[【〔(（](?:密级[:：])?{_LEVEL}{_STAR}?{_PERIOD}[\]】〕)）]")
ALONE = re.compile(rf"(?:密级[:：])?{_STAR}?{_LEVEL}(?:件|文件)?{_STAR}?{_PERIOD}")
LEADING = re.compile(r"^\s*(?:绝\s*密|机\s*密|秘\s*密)级?\s")
_GAPS = re.compile(r"\s+")
# Where a marking stands by rule: at the top of the first page.
TOP_LINES = 10
SHORT_LINE = 80


def bare(text: str) -> str:
    """The text without its blanks: a marking is often spaced out."""
    return _GAPS.sub("", text)


def is_marked(text: str, *, at_top: bool) -> bool:
    """Whether this line, paragraph or cell carries a marking; at the top of a paper more counts as one."""
    if "密" not in text:
        return False
    closed = bare(text)
    if ALONE.fullmatch(closed) or BRACKETED.fullmatch(closed) or STARRED.search(closed):
        return True
    short = at_top and len(closed) <= SHORT_LINE
    return bool(short and (BRACKETED.search(closed) or LEADING.search(text)))


def any_marked(lines: Iterable[str]) -> bool:
    """Whether one of the lines of a paper, from its top, carries a marking."""
    said = (line for line in lines if line.strip())
    return any(is_marked(line, at_top=place < TOP_LINES) for place, line in enumerate(said))
