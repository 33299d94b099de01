"""Recurrence: a matter comes back; what was answered and promised then is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What recurrence offers: its pages, and the suggestions of the same matter on a suggestion's page."""
    from tracker.recurrence import beside, copying, panel, views
    from tracker.stage import StageOffer

    copying.begin()
    return StageOffer("recurrence", pages=(views.pages,), panel=panel.panel, parts=panel.PARTS, beside=beside.beside)
