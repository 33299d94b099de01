"""“Not ours”: to which body a returned suggestion goes, and how readily it is passed on once more."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from tracker.demo.settling import Town
from tracker.dispatch.models import Assignment
from tracker.structure.models import Body

FIRST, AGAIN = 0.05, 0.4
GRANTED = 0.7


def chance(times_passed: int) -> float:
    """How likely a body says so: of what was passed on before, far more often."""
    return AGAIN if times_passed else FIRST


def proposed(town: Town, assignment: Assignment, all_parts: Iterable[Assignment], dice: Random) -> Body | None:
    """A body of the same arm that has no part in it; None where there is none."""
    taking_part = {one.body_id for one in all_parts}
    old = assignment.body
    arm = [one for one in town.bodies.values() if (one.branch, one.hub_id) == (old.branch, old.hub_id)]
    others = sorted((one for one in arm if not one.is_hub and one.id not in taking_part), key=lambda one: one.id)
    return dice.choice(others) if others else None
