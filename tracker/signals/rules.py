"""What may be said to a signal and when, and how it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from tracker.errors import N_, RuleBroken

LONGEST_ANSWER, LONGEST_REASON = 4_000, 2_000
WEEK = timedelta(days=7)


class Show(StrEnum):
    """Which signals a list shows. Open are those whose fact holds and which nobody dismissed."""

    OPEN = "open"
    NEW = "new"
    UNSEEN = "unseen"
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    DISMISSED = "dismissed"
    CLEARED = "cleared"


class State(StrEnum):
    """How one signal stands."""

    OPEN = "open"
    ANSWERED = "answered"
    DISMISSED = "dismissed"
    CLEARED = "cleared"


def state_of(*, is_cleared: bool, is_dismissed: bool, is_answered: bool) -> State:
    """One word for how it stands: what is gone is gone, whatever was said to it."""
    if is_cleared:
        return State.CLEARED
    if is_dismissed:
        return State.DISMISSED
    return State.ANSWERED if is_answered else State.OPEN


def new_since(on: date) -> date:
    """What was raised after this day is new this week."""
    return on - WEEK


def must_be_answerable(text: str, *, is_open: bool) -> None:
    """:raises RuleBroken: nothing is said, or its fact no longer holds."""
    if not text.strip():
        raise RuleBroken(N_("Write what you have to say."))
    if not is_open:
        raise RuleBroken(N_("This sign is no longer there; nothing need be said to it."))


def must_be_dismissible(reason: str, *, is_open: bool, is_dismissed: bool) -> None:
    """:raises RuleBroken: no reason, its fact no longer holds, or it was dismissed before."""
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if not is_open:
        raise RuleBroken(N_("This sign is no longer there; nothing need be said to it."))
    if is_dismissed:
        raise RuleBroken(N_("This sign is dismissed already."))


def must_fit(values: Mapping[str, int], limits: Iterable[tuple[str, int, int]]) -> None:
    """:raises RuleBroken: a threshold is missing, or lies outside its limits."""
    for name, least, most in limits:
        if not least <= values.get(name, least - 1) <= most:
            raise RuleBroken(N_("A number between %(least)s and %(most)s is needed."), least=least, most=most)
