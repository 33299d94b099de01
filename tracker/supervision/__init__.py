"""Supervision (督办): key items, what committees inspect and hear, what leaders instruct, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What supervision offers: the committee's board, its forms, its part of a suggestion's page, what is overdue."""
    from tracker.stage import StageOffer
    from tracker.supervision import beside, desk, views

    return StageOffer(
        "supervision",
        pages=(views.pages,),
        panel=desk.panel,
        parts=desk.PARTS,
        awaited=desk.awaited,
        beside=beside.beside,
    )
