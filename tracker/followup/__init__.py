"""Follow-up: what was promised is followed until it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What follow-up offers: the ledger of promises, and the promises on a suggestion's page."""
    from tracker.followup import desk, views
    from tracker.stage import StageOffer

    return StageOffer(
        "followup",
        pages=(views.pages,),
        panel=desk.panel,
        parts=desk.PARTS,
        awaited=desk.awaited,
        problems=desk.problems,
    )
