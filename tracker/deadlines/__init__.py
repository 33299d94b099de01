"""Clocks: which rule gives how long for what, the day it ends with every step of the reckoning, and how late it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What clocks offer the others: the command `due`."""
    from tracker.deadlines.command import due_command
    from tracker.stage import StageOffer

    return StageOffer("deadlines", commands=(due_command,))
