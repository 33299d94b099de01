"""What a rating must hold. Pure."""

from __future__ import annotations

from typing import TypeVar

from tracker.errors import N_, RuleBroken

Verdict = TypeVar("Verdict", bound=str)


def must_be_a_rating(
    attitude: Verdict | None, result: Verdict | None, comment: str, *, needs_attitude: bool = True
) -> Verdict:
    """Attitude and result apart, nothing preset; whoever is dissatisfied says why (上海规定 21; 山东条例 23).

    The answer is the result, now that there is one.

    :raises RuleBroken: one is missing, or a dissatisfied rating has no comment.
    """
    if not result or (needs_attitude and not attitude):
        raise RuleBroken(N_("Rate both the attitude and the result."))
    if "dissatisfied" in (attitude, result) and not comment.strip():
        raise RuleBroken(N_("Say why you are dissatisfied; the body needs it to do better."))
    return result
