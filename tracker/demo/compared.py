"""The night's look at all replies: the bureaus of the city answer one topic in the same words wherever it is."""

from __future__ import annotations

from datetime import date

from tracker.recurrence import copying

ALL = 100_000


def compare(on: date) -> None:
    """Find which replies were taken from others, as the job does every night."""
    copying.compare(copying.waiting(ALL), on=on)
