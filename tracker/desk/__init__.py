"""What waits for me today, the most harmful first: each stage says what waits, the desk puts it in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What the desk offers the others: its page; and what no stage can tell of: letters, accounts."""
    from tracker.desk import accounts, undelivered, views
    from tracker.stage import StageOffer

    return StageOffer(
        "desk",
        pages=(views.pages,),
        awaited=lambda visitor: [*undelivered.awaited(visitor), *accounts.awaited(visitor)],
        lists=undelivered.lists,
        waiting=undelivered.waiting,
    )
