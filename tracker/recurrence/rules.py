"""When what was solved has come back. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.deadlines.clauses import Outcome


def has_come_back(answered: Iterable[tuple[Outcome | None, date | None]], recorded_on: date) -> bool:
    """Whether a matter answered as solved (A) is raised again afterwards; replies without a day count as before."""
    return any(
        outcome is Outcome.SOLVED and (answered_on is None or answered_on < recorded_on)
        for outcome, answered_on in answered
    )
