"""Single cells: numbers, dates, ticks and scores. What cannot be known becomes a question, never a guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from tracker.errors import N_
from tracker.ledgers import words
from tracker.ledgers.sheets import Cell, printed

FIRST_YEAR = 1954
"""The first National People's Congress; no ledger is older."""
YEARS_AHEAD = 6
"""A date further ahead than one term and a year is a slip of the hand, even for a deadline."""

REPEATED = 1_000
"""So many different cells are remembered: days, names and words come again and again down a column."""

NO_YEAR = N_("The date has no year.")
NO_DAY = N_("The date has no day.")
SHORT_YEAR = N_("The year has two digits only.")
IMPOSSIBLE = N_("There is no such day.")
YEAR_OUT_OF_REASON = N_("The year cannot be right.")
SEVERAL_DATES = N_("More than one date stands in the cell.")
NO_DATE = N_("The cell holds no date that can be read.")
TICKED_TWICE = N_("More than one rating is ticked.")
TICK_UNCLEAR = N_("The rating cannot be read.")
SCORE_MISPLACED = N_("The score does not fit the column it stands in.")

_SERIALS = range(20_000, 80_000)  # 1954 to 2119 as Excel counts days
_SERIAL_START = date(1899, 12, 30)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_WHOLE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"['’]?(\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_YEARLESS = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_MONTH = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?(?:底|初|中旬|上旬|下旬)?|\d{4}\s*年?")
_AROUND = re.compile(r"(?:之?前|以前|止|前办结|前答复)$|^(?:截至|于)")


@dataclass(frozen=True)
class DateRead:
    """A day, or the reason why it cannot be known; both empty for an empty cell."""

    value: date | None = None
    question: str | None = None


def number_of(cell: Cell) -> str:
    """The number as printed, without blanks; a number is a string, 第0076号 stays what it is."""
    return "" if printed(cell).lower() in words.NOTHING else re.sub(r"\s+", "", printed(cell))


def number_key(number: str) -> str:
    """What makes two spellings one number: 第0076号, 76 and 第76号 share "76"; a prefix (闭08号) stays: "闭8"."""
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", number)).upper()
    bare = re.sub(r"^(?:NO\.?|编号[:：]?)(?=\d)", "", bare)
    bare = re.sub(r"(?:号|號)(?:建议)?$", "", bare).replace("第", "")
    bare = re.sub(r"^(\d+)\.0+$", r"\1", bare)
    if bare and all(sign in words.CHINESE_DIGITS or sign in "十百" for sign in bare):
        return str(chinese_number(bare))
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


def chinese_number(text: str) -> int:
    """一百二十三 → 123, 二〇二四 → 2024."""
    if not set(text) & set("十百"):
        return int("".join(str(words.CHINESE_DIGITS[sign]) for sign in text))
    total = digit = 0
    for sign in text:
        if sign in words.CHINESE_DIGITS:
            digit = words.CHINESE_DIGITS[sign]
        else:
            total += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
    return total + digit


def read_date(cell: Cell, *, latest: date | None = None) -> DateRead:
    """The day a cell names. `latest` is the last year that can be meant (years after it are a question)."""
    if isinstance(cell, datetime):
        return _within_reason(cell.date(), latest)
    if isinstance(cell, date):
        return _within_reason(cell, latest)
    return _read_date(printed(cell), latest)


@lru_cache(maxsize=REPEATED)
def _read_date(text: str, latest: date | None) -> DateRead:
    text = _tidy(text)
    if text.lower() in words.NOTHING:
        return DateRead()
    if text.isdecimal() and int(text) in _SERIALS and len(text) == 5:
        return _within_reason(_SERIAL_START + timedelta(days=int(text)), latest)
    if whole := _WHOLE.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(whole, latest)
    return DateRead(None, _why_unreadable(text))


def _why_unreadable(text: str) -> str:
    if _SHORT.fullmatch(text):
        return SHORT_YEAR
    if _MONTH.fullmatch(text):
        return NO_DAY
    if yearless := _YEARLESS.fullmatch(text):
        return NO_YEAR if _is_some_year(int(yearless[1]), int(yearless[2])) else IMPOSSIBLE
    return SEVERAL_DATES if len(_WHOLE.findall(text)) > 1 else NO_DATE


def _is_some_year(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip()
    text = re.sub(r"[〇零一二三四五六七八九十]{1,8}(?=[年月日号])", lambda found: str(chinese_number(found[0])), text)
    text = re.sub(r"[(][^()]*[)]$", "", _TIME.sub("", text)).strip()
    return _AROUND.sub("", text).strip(" .。") if text not in words.NOTHING else text


def _day(found: re.Match[str], latest: date | None) -> DateRead:
    try:
        return _within_reason(date(int(found[1]), int(found[2]), int(found[3])), latest)
    except ValueError:
        return DateRead(None, IMPOSSIBLE)


def _within_reason(day: date, latest: date | None) -> DateRead:
    if day.year < FIRST_YEAR or (latest is not None and day.year > latest.year + YEARS_AHEAD):
        return DateRead(None, YEAR_OUT_OF_REASON)
    return DateRead(day)


@dataclass(frozen=True)
class RatingRead:
    """satisfied, mostly or dissatisfied, empty when nothing is said; or a question."""

    value: str = ""
    question: str | None = None


def read_ticks(cells: dict[str, Cell]) -> RatingRead:
    """One rating out of three columns (satisfied, mostly, dissatisfied), each ticked or holding a score of 0 to 100."""
    filled = {column: printed(cell) for column, cell in cells.items() if printed(cell).lower() not in words.NOTHING}
    chosen = {column: text for column, text in filled.items() if text not in words.NO}
    if not chosen:
        return RatingRead("", TICK_UNCLEAR if any(text in "×✗✘" for text in filled.values()) else None)
    if len(chosen) > 1:
        return RatingRead("", TICKED_TWICE)
    ((column, text),) = chosen.items()
    if text in words.YES or words.RATINGS.get(text) == column:
        return RatingRead(column)
    said = read_rating(text)
    if said.value and said.value != column:
        return RatingRead("", SCORE_MISPLACED)
    return said


def read_rating(cell: Cell) -> RatingRead:
    """A rating in words, or a score: 80 to 100 satisfied, 60 to 79 mostly, below 60 dissatisfied."""
    return _read_rating(printed(cell))


@lru_cache(maxsize=REPEATED)
def _read_rating(text: str) -> RatingRead:
    text = unicodedata.normalize("NFKC", text).strip()
    if text.lower() in words.NOTHING:
        return RatingRead()
    if text in words.RATINGS:
        return RatingRead(words.RATINGS[text])
    score = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*分?", text)
    if score is None or float(score[1]) > 100:
        return RatingRead("", TICK_UNCLEAR)
    points = float(score[1])
    return RatingRead("satisfied" if points >= 80 else "mostly" if points >= 60 else "dissatisfied")


def ticked(cell: Cell) -> bool:
    """Whether a yes/no cell says yes."""
    return printed(cell) in words.YES


def is_nothing(text: str) -> bool:
    """Whether a cell is empty or says that there is nothing (/, —, 无 …)."""
    return text.strip().lower() in words.NOTHING
