"""Time held, by holder: how long each suggestion lay with whom, and from which body to which it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What time held offers: its pages, its command, and what the doctor looks at."""
    from tracker.held import command, keeping, views
    from tracker.stage import StageOffer

    return StageOffer("held", pages=(views.pages,), commands=(command.reckon_held,), problems=keeping.problems)
