"""Where a suggestion and an assignment may stand, what the office calls it, and what a move is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.errors import N_


class Stage(StrEnum):
    """Where a suggestion stands."""

    DRAFT = "draft"
    RECORDED = "recorded"
    RETURNED_TO_DEPUTY = "returned_to_deputy"
    LETTER = "letter"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    HANDED_OVER = "handed_over"
    ANSWERED = "answered"
    RATED = "rated"
    CLOSED = "closed"


class Standing(StrEnum):
    """Where one assignment (suggestion × body × role × round) stands."""

    ASSIGNED = "assigned"
    RECEIVED = "received"
    RETURN_ASKED = "return_asked"
    RETURNED = "returned"
    PASSED_ON = "passed_on"
    OPINION_GIVEN = "opinion_given"
    AGREED = "agreed"
    SUBMITTED = "submitted"
    DELIVERED = "delivered"
    RATED = "rated"
    HANDLED_AGAIN = "handled_again"
    RECALLED = "recalled"
    UNHEARD = "unheard"


NAMES: dict[StrEnum, str] = {
    Stage.DRAFT: N_("Draft"),
    Stage.RECORDED: N_("Recorded, not handed over"),
    Stage.RETURNED_TO_DEPUTY: N_("With the deputy for correction"),
    Stage.LETTER: N_("Treated as a letter"),
    Stage.WITHDRAWN: N_("Withdrawn"),
    Stage.MERGED: N_("Merged"),
    Stage.HANDED_OVER: N_("Being handled"),
    Stage.ANSWERED: N_("Answered, awaiting rating"),
    Stage.RATED: N_("Rated"),
    Stage.CLOSED: N_("Closed"),
    Standing.ASSIGNED: N_("To be signed for"),
    Standing.RECEIVED: N_("Being handled"),
    Standing.RETURN_ASKED: N_("Return asked"),
    Standing.RETURNED: N_("Returned"),
    Standing.PASSED_ON: N_("Dispatched onward"),
    Standing.OPINION_GIVEN: N_("Opinion given"),
    Standing.AGREED: N_("Agreed to the joint reply"),
    Standing.SUBMITTED: N_("Reply being read"),
    Standing.DELIVERED: N_("Reply delivered"),
    Standing.RATED: N_("Rated"),
    Standing.HANDLED_AGAIN: N_("Handled again"),
    Standing.RECALLED: N_("Recalled"),
    Standing.UNHEARD: N_("Answered without its opinion"),
}


@dataclass(frozen=True)
class Move:
    """One thing somebody does: from where, to where (None: it stays), who acts, and in which stage of the house."""

    name: str
    from_: tuple[StrEnum | None, ...]
    to: StrEnum | None
    who: str
    package: str
    label: str
