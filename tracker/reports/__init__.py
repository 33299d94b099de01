"""Reports (报告): the year to the standing committee, a body's record, an item's sheet, and points where a place gives
them; every number in them is a figure of one count, and says where it comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What reports offer: their pages."""
    from tracker.reports import points_views
    from tracker.stage import StageOffer

    return StageOffer("reports", pages=(points_views.pages,))
