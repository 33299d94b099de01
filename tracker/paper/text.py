"""Words as they stand on paper: official documents are in Chinese only, whatever language their reader chose. Pure."""

from __future__ import annotations

import unicodedata
from datetime import date

# What turns the direction of writing would make a paper say something else than it shows.
_TURNING = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))
_KEPT = "\n\t"


def plain(value: object) -> str:
    """Any value as text that every renderer takes: no control characters, no halves of signs, no turned writing."""
    text = "" if value is None else str(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = text.translate(_TURNING).encode("utf-8", "ignore").decode("utf-8")
    return "".join(sign for sign in text if sign in _KEPT or not _is_unfit(sign)).replace("\t", "    ")


def chinese_day(day: date | None) -> str:
    """A day as official documents write it (GB/T 9704-2012, 7.3.5.4): 2026年6月18日."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def _is_unfit(sign: str) -> bool:
    return unicodedata.category(sign) == "Cc" or ord(sign) & 0xFFFE == 0xFFFE
