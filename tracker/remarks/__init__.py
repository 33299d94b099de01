"""Remarks (留言): what office, hub, committee and bodies say about a suggestion, each within his right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What remarks offer: their forms, and those addressed to me that wait."""
    from tracker.remarks import beside, desk, views
    from tracker.stage import StageOffer

    return StageOffer("remarks", pages=(views.pages,), awaited=desk.awaited, beside=beside.beside)
