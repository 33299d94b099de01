"""That what was said stays as it was said: replies, ratings and files are fixed in the sealed trail and looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What proof offers: the page that checks the record of one suggestion, and what the doctor finds."""
    from tracker.proof import looking, views
    from tracker.stage import StageOffer

    return StageOffer("proof", pages=(views.pages,), problems=looking.problems)
