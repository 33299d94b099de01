"""A secrecy marking stops everything: what is secret is handled off-line and never read in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracker.errors import N_
from tracker.files import marks
from tracker.ledgers import words
from tracker.ledgers.parts import LedgerUnreadable

_COLUMN = re.compile(words.MARK_COLUMN)


class Marked(LedgerUnreadable):
    """The ledger carries a marking: nothing of it stays here."""


def refuse_marked(sheet: str, rows: Iterable[Sequence[str]]) -> None:
    """Raise Marked if the sheet or one of its cells carries a marking (保密法: 绝密, 机密, 秘密).

    A marking is the word with a star, a cell that is nothing but the word, or the word in brackets or up front in a
    short title cell. The word inside a sentence ("protect trade secrets") is no marking. The refusal names the row and
    never repeats the text.
    """
    if marks.ALONE.fullmatch(marks.bare(sheet)) or marks.BRACKETED.search(marks.bare(sheet)):
        raise _marked(1)
    for place, row in enumerate(rows, start=1):
        if any(cell and marks.is_marked(cell, at_top=place <= marks.TOP_LINES) for cell in row):
            raise _marked(place)


def refuse_secret_row(row: int, level: str) -> None:
    """Raise Marked if the row's own level-of-secrecy column says that it is secret."""
    if _COLUMN.search(marks.bare(level)):
        raise _marked(row)


def is_internal(level: str) -> bool:
    """Whether the column says "internal": not a state secret, but for named readers only."""
    return any(word in level for word in words.INTERNAL)


def _marked(row: int) -> Marked:
    return Marked(
        N_("Row %(row)s carries a secrecy marking. Nothing was read: secret matters are handled off-line."), row=row
    )
