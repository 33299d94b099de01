"""Notices (督办通知书): from the third step of the ladder on, a person writes to the body, and the body answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What notices offer: their pages, their part of a suggestion's page, what waits, and what the doctor looks at."""
    from tracker.notices import desk, views
    from tracker.stage import StageOffer

    return StageOffer(
        "notices",
        pages=(views.pages,),
        panel=desk.panel,
        parts=desk.PARTS,
        awaited=desk.awaited,
        problems=desk.problems,
    )
