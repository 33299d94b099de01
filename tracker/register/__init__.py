"""Everything there is, found and filtered, with the page that tells a suggestion's whole story."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What the register offers the others: its pages, and the replies that are overdue or due within days."""
    from tracker.register import trail_views, waiting
    from tracker.stage import StageOffer

    return StageOffer(
        "register", pages=(trail_views.pages,), waiting=waiting.waiting, lists=waiting.lists, soon=waiting.soon
    )
