"""A body signs for what it was given on paper, and the office enters it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.actor import Actor
from tracker.dispatch.actions.assigning import sign_for
from tracker.dispatch.models import Assignment, Receipt
from tracker.errors import N_, RuleBroken
from tracker.suggestion.journey import Standing


def sign_for_paper(own: Sequence[Assignment], name: str, *, by: Actor, on: date) -> list[Receipt]:
    """Enter the signed slip of a hand-over letter for all it names that nobody has signed for yet.

    :raises RuleBroken: nothing on it waits to be signed for, or it was signed before it was handed over.
    """
    waiting = [one for one in own if one.standing is Standing.ASSIGNED]
    if not waiting:
        raise RuleBroken(N_("Nothing on this paper waits to be signed for."))
    signer = f"{waiting[0].body.name} {name}".strip()
    return [sign_for(one, by=by.for_paper_of(signer[:120]), on=on) for one in waiting]
