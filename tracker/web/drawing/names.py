"""Names short enough for a picture: a Chinese sign takes the room of two letters. Pure."""

from __future__ import annotations

import unicodedata

CUT = "…"


def width(text: str) -> int:
    """In letters; a wide sign counts twice."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def shortened(text: str, room: int) -> str:
    """As much of a name as there is room for, in letters; that it is cut is seen."""
    if width(text) <= room:
        return text
    kept, used = "", width(CUT)
    for sign in text:
        used += width(sign)
        if used > room:
            break
        kept += sign
    return kept.rstrip() + CUT
