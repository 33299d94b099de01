"""Which days count: the State Council's holidays, the make-up working days, and the congress's own local days."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """Days offer nothing but arithmetic."""
    from tracker.stage import StageOffer

    return StageOffer("workdays")
