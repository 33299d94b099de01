"""Numbers as rows have them, read from what somebody sent: what no row can have is none."""

from __future__ import annotations

MOST_DIGITS = 9  # all of them fit into the numbers of both databases


def row_number(text: str) -> int:
    """The number; what `type=` is given where a list of ticked rows is read.

    :raises ValueError: no row can have it.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ValueError(text[:40])
    return int(text)


def row_number_or_zero(text: str | None) -> int:
    """The number; 0 for a text that is none, for no row and no version has it."""
    try:
        return row_number(text or "")
    except ValueError:
        return 0
