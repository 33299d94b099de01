"""How papers are numbered, and how a number that was typed or read by a scanner is understood. Pure."""

from __future__ import annotations

import re
import unicodedata

_CODE = re.compile(r"([A-Z]{2})-?(\d{4})-?(\d{1,7})")


def code_of(prefix: str, year: int, place: int) -> str:
    """HF-2026-0042: the kind, the year it was first printed in, and its place among them."""
    return f"{prefix}-{year}-{place:04d}"


def read_code(typed: str) -> str:
    """The number somebody typed, or the address a scanner read, in the one spelling; empty if it is none.

    Full-width signs, other dashes, small letters and missing zeros are what people type.
    """
    text = unicodedata.normalize("NFKC", typed).upper().strip()
    text = re.sub(r"[\s\u2010-\u2015\u2212_]+", "-", text.rpartition("/PAPERS/")[2] or text)
    found = _CODE.fullmatch(text.partition("/")[0])
    return code_of(found[1], int(found[2]), int(found[3])) if found else ""


def place_in(code: str) -> int:
    """Which one of its kind and year a number is."""
    return int(code.rpartition("-")[2])
