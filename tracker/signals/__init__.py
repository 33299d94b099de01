"""Signals (弱办迹象): stated facts that hint at weak handling, with evidence and the next act; no verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What signals offer: their pages, their part of two others, what is new, and what the doctor asks."""
    from tracker.signals import beside, desk, problems, queries, views
    from tracker.stage import StageOffer

    return StageOffer(
        "signals",
        pages=(views.pages,),
        panel=beside.panel,
        beside=beside.beside,
        parts=(queries.signs_in,),
        awaited=desk.awaited,
        problems=problems.problems,
    )
