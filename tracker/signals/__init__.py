"""Signals (弱办迹象): stated facts that hint at weak handling, with evidence and the next act; no verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What signals offer: nothing on pages yet; they are found by jobs."""
    from tracker.stage import StageOffer

    return StageOffer("signals")
