"""Suggestions of the same matter are handled as one, and each deputy is answered all the same (并案办理)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.models import RuleSet
from tracker.errors import N_, RuleBroken
from tracker.intake import letters, rules
from tracker.intake.actions.checking import has_taken_in, needs
from tracker.intake.actions.waiting import await_hand_over, hold, stop_clocks
from tracker.suggestion.actions import make
from tracker.suggestion.models import Merger, Suggestion


def merge(suggestion: Suggestion, into: Suggestion, reason: str, *, by: Actor, on: date, tell: bool = True) -> Merger:
    """Handle a suggestion together with another of the same matter, before both are handed over.

    Its deputies get every reply to the other one, and each may rate it; its own number stays, with the way there.

    :raises RuleBroken: the reason is missing, one of them is not waiting for the hand-over, or they cannot be one.
    """
    needs(reason)
    hold(suggestion, into)
    must_be_mergeable(suggestion, into)
    merger = Merger(suggestion_id=suggestion.id, into_id=into.id, reason=reason, on=on, by_name=by.name)
    db.session.add(merger)
    make("merge", suggestion, by=by, on=on, number=into.number, reason=reason)
    make("take_in", into, by=by, on=on, number=suggestion.number, reason=reason)
    stop_clocks(suggestion, on, "merged")
    db.session.flush()
    if tell:
        letters.merged(merger, suggestion, into, reason, on, undone=False)
    return merger


def must_be_mergeable(suggestion: Suggestion, into: Suggestion) -> None:
    """Whether the one could be merged into the other, as far as they themselves say.

    :raises RuleBroken: they are one and the same, of two congresses, only one is internal, or others were merged in.
    """
    rules.must_be_two(suggestion.id, into.id, same_congress=suggestion.congress_id == into.congress_id)
    if suggestion.internal is not into.internal:
        raise RuleBroken(N_("One of them is internal: only both together may be read by the same people."))
    if has_taken_in(suggestion.id):
        raise RuleBroken(N_("Others were merged into it: separate them first."))


def separate(suggestion: Suggestion, reason: str, *, by: Actor, on: date, rules_in_force: RuleSet) -> Merger:
    """Undo a merger before the hand-over: it stands for itself again, with a clock of its own.

    :raises RuleBroken: the reason is missing, it is not merged, or the other one has been handed over.
    """
    needs(reason)
    wanted = sa.select(Merger).where(Merger.suggestion_id == suggestion.id, Merger.undone_on.is_(None))
    merger = db.session.scalar(wanted)
    if merger is None:
        raise RuleBroken(N_("It is not merged into another one."))
    into = db.session.get_one(Suggestion, merger.into_id)
    hold(suggestion, into)
    make("let_go", into, by=by, on=on, number=suggestion.number, reason=reason)
    make("separate", suggestion, by=by, on=on, number=into.number, reason=reason)
    merger.undone_on, merger.undone_by, merger.undone_reason = on, by.name, reason
    await_hand_over(suggestion, on, rules_in_force)
    letters.merged(merger, suggestion, into, reason, on, undone=True)
    return merger
