"""Who exists: congresses, terms, meetings, delegations, deputies; branches, bodies, officers, charges and pairings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What the structure offers the others: its pages, and the command `structure`."""
    from tracker.stage import StageOffer
    from tracker.structure.command import structure_command
    from tracker.structure.texts import TEXTS
    from tracker.structure.views import bodies, cards, congresses, deputies, officers, overview, workbook

    (pages,) = {module.pages for module in (overview, congresses, bodies, officers, deputies, cards, workbook)}
    return StageOffer("structure", pages=(pages,), commands=(structure_command,), texts=TEXTS)
