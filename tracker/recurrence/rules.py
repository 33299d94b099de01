"""When what was solved has come back, and when a reply says what another one said. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.deadlines.clauses import Outcome
from tracker.search.copied import COPIED, HALF, How, how_taken

YEAR_APART = (
    180  # days between two answers of different years: meetings are a year apart, replies due within six months
)


class Copying(StrEnum):
    """What a reply has of another: nearly all of it; half of it; or this much of the same body's answer to the same
    matter of an earlier year (去年的答复)."""

    COPIED = "copied"
    HALF = "half"
    LAST_YEAR = "last_year"


@dataclass(frozen=True)
class Told:
    """Two replies: the per cent of the later that stand in the earlier, and what else decides whether it matters."""

    percent: int
    days_between: int
    same_round: bool = False
    linked: bool = False

    @property
    def is_years_apart(self) -> bool:
        return self.days_between >= YEAR_APART


def how_like(told: Told, *, copied: int = COPIED, half: int = HALF) -> Copying | None:
    """What a share of an earlier reply means; None where it is too little or no wonder.

    The two halves of a joint letter are one text, and two who asked the same in one year, as a person has said, may be
    answered alike.
    """
    if told.same_round or (told.linked and not told.is_years_apart):
        return None
    how = how_taken(told.percent, copied=copied, half=half)
    return None if how is None else Copying.COPIED if how is How.COPIED else Copying.HALF


def has_come_back(answered: Iterable[tuple[Outcome | None, date | None]], recorded_on: date) -> bool:
    """Whether a matter answered as solved (A) is raised again afterwards; replies without a day count as before."""
    return any(
        outcome is Outcome.SOLVED and (answered_on is None or answered_on < recorded_on)
        for outcome, answered_on in answered
    )
