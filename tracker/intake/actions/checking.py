"""What the office decides about a suggestion it has checked, always with the reason."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.models import RuleSet
from tracker.errors import N_, RuleBroken
from tracker.intake import letters
from tracker.intake.actions.numbering import numbered
from tracker.intake.actions.waiting import await_hand_over, stop_clocks
from tracker.structure.models import Meeting
from tracker.suggestion.actions import make
from tracker.suggestion.models import Merger, Suggestion

GIVE_REASON = N_("Give the reason.")


def return_to_deputy(suggestion: Suggestion, reason: str, *, by: Actor, on: date, tell: bool = True) -> None:
    """Give it back for correction, with the reason (for example: several matters in one).

    :raises RuleBroken: the reason is missing, it has been handed over, or others were merged into it.
    """
    needs(reason)
    _must_stand_alone(suggestion)
    make("return_to_deputy", suggestion, by=by, on=on, reason=reason)
    stop_clocks(suggestion, on, "returned_to_deputy")
    if tell:
        letters.returned_to_deputy(suggestion, reason, on)


def record_again(suggestion: Suggestion, *, by: Actor, on: date, rules_in_force: RuleSet) -> None:
    """The deputy has corrected what was returned; the clock of the hand-over runs anew. Without a number it gets one.

    :raises RuleBroken: it was not with the deputy.
    """
    if suggestion.number is None:
        suggestion.number, suggestion.number_key = numbered(
            db.session.get_one(Meeting, suggestion.meeting_id), None, None
        )
    make("record", suggestion, by=by, on=on, number=suggestion.number)
    await_hand_over(suggestion, on, rules_in_force)


def treat_as_letter(suggestion: Suggestion, reason: str, *, by: Actor, on: date, tell: bool = True) -> None:
    """It is no suggestion (own matter, single case, relayed letter …): answered as a letter, with the reason.

    :raises RuleBroken: the reason is missing, it has been handed over, or others were merged into it.
    """
    needs(reason)
    _must_stand_alone(suggestion)
    make("treat_as_letter", suggestion, by=by, on=on, reason=reason)
    stop_clocks(suggestion, on, "treated_as_letter")
    if tell:
        letters.treated_as_letter(suggestion, reason, on)


def needs(reason: str) -> None:
    """:raises RuleBroken: there is none."""
    if not reason.strip():
        raise RuleBroken(GIVE_REASON)


def has_taken_in(suggestion_id: int) -> bool:
    """Whether others are merged into it."""
    wanted = sa.select(Merger.id).where(Merger.into_id == suggestion_id, Merger.undone_on.is_(None))
    return db.session.scalar(wanted.limit(1)) is not None


def _must_stand_alone(suggestion: Suggestion) -> None:
    if has_taken_in(suggestion.id):
        raise RuleBroken(N_("Others were merged into it: separate them first."))
