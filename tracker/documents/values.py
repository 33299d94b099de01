"""Reads days and ticks as forms give them. A day without a year is asked about, never guessed. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from tracker.documents import words

_DAY = re.compile(r"(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*日?")
_CHINESE_DAY = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


def read_day(text: str) -> date | None:
    """The day a text gives with its year, in figures or in Chinese numbers."""
    text = unicodedata.normalize("NFKC", text)
    if found := _DAY.search(text):
        figures = tuple(map(int, found.groups()))
    elif found := _CHINESE_DAY.search(re.sub(r"\s", "", text)):
        year = int("".join(str(words.CHINESE_DIGITS[sign]) for sign in found[1]))
        figures = (year, _number(found[2]), _number(found[3]))
    else:
        return None
    try:
        day = date(*figures)
    except (TypeError, ValueError):
        return None
    return day if 1949 <= day.year <= 2199 else None


def is_day(text: str) -> bool:
    """Whether a line is nothing but a day, perhaps one left blank (年 月 日)."""
    bare = re.sub(r"[\s_()（）]", "", unicodedata.normalize("NFKC", text))
    bare = re.sub(r"^(?:日期|时间|提出日期|提出时间):?", "", bare)
    whole = _DAY.fullmatch(bare) or _CHINESE_DAY.fullmatch(bare)
    return bool(whole or re.fullmatch(r"(?:\d{2,4})?年\d{0,2}月\d{0,2}日", bare))


def _number(text: str) -> int:
    """A Chinese number up to 31."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return words.CHINESE_DIGITS.get(text, 0)
    return (words.CHINESE_DIGITS[tens] if tens else 1) * 10 + (words.CHINESE_DIGITS[ones] if ones else 0)


def chosen(text: str) -> str:
    """What is ticked among several printed choices; the whole text where nothing is printed to be ticked."""
    if not re.search(f"[{words.TICKED}{words.OPEN}]", text):
        return text
    before = re.findall(rf"[{words.TICKED}]\s*([^{words.TICKED}{words.OPEN}\n]*)", text)
    return "\n".join(filter(None, (one.strip() for one in before)))


def publicity(text: str) -> str:
    """The word kept for what may be published; empty if nothing is said."""
    said = re.sub(r"\s", "", chosen(text))
    return next((word for pattern, word in words.PUBLICITY if said and re.search(pattern, said)), "")


def survey_method(text: str) -> str:
    said = chosen(text)
    return next((word for pattern, word in words.SURVEYS if said and re.search(pattern, said)), "")


def says_yes(text: str) -> bool:
    said = re.sub(r"\s", "", chosen(text))
    return bool(re.search(words.YES, said) or re.search(words.YEARS, said))


def ticked_statements(text: str) -> set[str]:
    """The statements of the form that stand behind a tick."""
    pieces = re.findall(rf"[{words.TICKED}]\s*([^{words.TICKED}{words.OPEN}\n]*)", text)
    return {name for name, pattern in words.STATEMENTS for piece in pieces if re.search(pattern, piece)}
