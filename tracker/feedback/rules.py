"""What a rating must hold, and what a change of mind. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.errors import N_, RuleBroken

DISSATISFIED = "dissatisfied"


def must_be_a_rating(said: Mapping[Any, str | None], asked: Sequence[Any], comment: str) -> None:
    """Every aspect that is asked, and nothing preset; whoever is dissatisfied says why (上海规定 21; 山东条例 23).

    :raises RuleBroken: an aspect is missing, or a dissatisfied rating has no comment.
    """
    if not all(said.get(one) for one in asked):
        two = len(asked) <= 2
        raise RuleBroken(N_("Rate both the attitude and the result.") if two else N_("Rate everything that is asked."))
    if DISSATISFIED in said.values() and not comment.strip():
        raise RuleBroken(N_("Say why you are dissatisfied; the body needs it to do better."))


def must_be_a_change(*, says_the_same: bool, reason: str, on: date, earlier_on: date) -> None:
    """A rating is never overwritten; a change of mind is a new one beside it, with its reason.

    :raises RuleBroken: no reason, nothing changed, or it lies before the rating it changes.
    """
    if not reason.strip():
        raise RuleBroken(N_("This reply has been rated already. A rating is never overwritten: to change it, say why."))
    if says_the_same:
        raise RuleBroken(N_("This says the same as before."))
    if on < earlier_on:
        raise RuleBroken(N_("The rating it changes is of %(day)s."), day=earlier_on.isoformat())


def must_have_scan(*, is_paper: bool, has_scan: bool) -> None:
    """What the office enters for a deputy it has on paper, signed, and keeps beside the rating.

    :raises RuleBroken: the scan is missing.
    """
    if is_paper and not has_scan:
        raise RuleBroken(N_("Attach the scan or photograph of the signed paper."))
