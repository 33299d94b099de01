"""Finds the printed labels of a form: a cell that is one, and those that stand before a colon in a line. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from tracker.documents import words

LONGEST_LABEL = 24
TEXT_FIELDS = ("text", "reasons", "proposals")
_BLANK = r"[ \t\u3000]"
_BRACKET = r"(?:[(（][^()（）:：]{0,16}[)）])?"
_FRONT = re.compile(r"^(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.．]|^[*＊]")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[【]*[)）\]】]")
_LOOKUP = {re.sub(r"[、,]", "", label): field for field, labels in words.LABELS.items() for label in labels}
_EDGE = " \t\u3000_;；,，|"


@cache
def _in_a_line() -> re.Pattern[str]:
    """A label and its colon or gap. Compiled for the first document: at every start it took a tenth of the time."""
    known = sorted({label for labels in words.LABELS.values() for label in labels}, key=len, reverse=True)
    spaced = "|".join(f"{_BLANK}*".join(map(re.escape, label)) for label in known)
    front = r"(?:^|(?<=[\s;；,，。、(（/|_]))"
    end = rf"(?:[:：]|(?P<gap>\t|{_BLANK}{{2,}}|_{{2,}}))"
    return re.compile(rf"{front}(?P<label>{spaced}){_BLANK}*{_BRACKET}{_BLANK}*{end}", re.IGNORECASE)


@dataclass(frozen=True)
class Labelled:
    """A value in a line, after its label; `start` and `end` are its place in the line."""

    field: str
    start: int
    end: int


def bare(text: str) -> str:
    """A label as it is compared: no blanks, no numbering before it, no brackets and no colon after it."""
    text = _FRONT.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower())
    text = re.sub(r"[_、,，|]", "", _BRACKETS.sub("", text) or text)
    return text.rstrip(":。").lstrip(":")


def label_of(text: str) -> str:
    """The field a cell or line is the label of; empty if it is none."""
    return _LOOKUP.get(bare(text), "") if 0 < len(text) <= LONGEST_LABEL * 2 else ""


def labelled(line: str, *, in_table: bool = False) -> list[Labelled]:
    """The values of a line that have a label before them, in order; an empty value means that it follows below."""
    found: list[tuple[str, int, int]] = []
    for match in _in_a_line().finditer(line):
        field = _LOOKUP.get(bare(match["label"]), "")
        is_weak = bare(match["label"]) in words.WEAK
        if not in_table and field in words.ONLY_IN_TABLES:
            continue
        if is_weak and (match["gap"] or (match.start() > 0 and not (found and found[0][1] == 0))):
            continue
        if match["gap"] and not found and match.start() > 0:
            continue
        found.append((field, match.start(), match.end()))
    if not found:
        return []
    ends = [start for _field, start, _end in found[1:]] + [len(line)]
    return [_trimmed(line, field, end, stop) for (field, _start, end), stop in zip(found, ends, strict=True)]


def _trimmed(line: str, field: str, start: int, end: int) -> Labelled:
    while start < end and line[start] in _EDGE:
        start += 1
    while end > start and line[end - 1] in _EDGE + "(（":
        end -= 1
    return Labelled(field, start, end)
