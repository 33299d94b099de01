"""What the office decides about a suggestion it has checked, always with the reason."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.models import RuleSet
from tracker.errors import N_, RuleBroken
from tracker.intake.actions.waiting import await_hand_over, stop_clocks
from tracker.suggestion.actions import make
from tracker.suggestion.journey import LIVE
from tracker.suggestion.models import Suggestion

GIVE_REASON = N_("Give the reason.")


def return_to_deputy(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """Give it back for correction, with the reason (for example: several matters in one)."""
    _needs(reason)
    make("return_to_deputy", suggestion, by=by, on=on, reason=reason)
    stop_clocks(suggestion, on, "returned_to_deputy")


def record_again(suggestion: Suggestion, *, by: Actor, on: date, rules_in_force: RuleSet) -> None:
    """The deputy has corrected what was returned; the clock of the hand-over runs anew.

    :raises RuleBroken: it was not with the deputy.
    """
    make("record", suggestion, by=by, on=on, number=suggestion.number)
    await_hand_over(suggestion, on, rules_in_force)


def treat_as_letter(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """It is no suggestion (own matter, single case, relayed letter …): answered as a letter, with the reason."""
    _needs(reason)
    make("treat_as_letter", suggestion, by=by, on=on, reason=reason)
    stop_clocks(suggestion, on, "treated_as_letter")


def withdraw(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """The deputy takes it back; handling ends, nothing is deleted (上海规定 9; 山东条例 14)."""
    _needs(reason)
    if _is_held(suggestion):
        raise RuleBroken(N_("It is being handled: the office must recall the assignments first."))
    make("withdraw", suggestion, by=by, on=on, reason=reason)
    stop_clocks(suggestion, on, "withdrawn")


def _is_held(suggestion: Suggestion) -> bool:
    """Whether a body still has it in hand (assignments are rows of a later stage, named on the suggestion)."""
    assignment = Suggestion.assignments.property.mapper.class_
    wanted = sa.select(assignment.id).where(
        assignment.suggestion_id == suggestion.id, assignment.standing.in_(list(LIVE))
    )
    return db.session.scalar(wanted.limit(1)) is not None


def _needs(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(GIVE_REASON)
