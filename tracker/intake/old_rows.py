"""Filling in what a suggestion lacked, from another ledger of the same items; nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder, RuleSet
from tracker.errors import N_, RuleBroken
from tracker.suggestion.actions import make
from tracker.suggestion.journey import MOVES, Stage
from tracker.suggestion.models import Signature, Suggestion


def fill(
    suggestion: Suggestion, found: Mapping[str, Any], co_signer_ids: Sequence[int], *, by: Actor, on: date, at: datetime
) -> bool:
    """Set the fields named in `found`, which must have been empty, and the co-signers; whether anything was new.

    Before the hand-over the history says so; afterwards the procedure knows no amending, and the trail says it.
    """
    for name, value in found.items():
        setattr(suggestion, name, value)
    others = [one for one in dict.fromkeys(co_signer_ids) if one != suggestion.lead_deputy_id]
    db.session.add_all(
        Signature(suggestion_id=suggestion.id, deputy_id=one, place=place) for place, one in enumerate(others, start=1)
    )
    fields = [*found, *(["co_signers"] if others else [])]
    if not fields:
        return False
    if suggestion.stage in MOVES["amend"].from_:
        make("amend", suggestion, by=by, on=on, fields=fields, source="ledger")
    else:
        trace("suggestion_filled", by, at=at, suggestion=suggestion.id, fields=fields)
    return True


def record_earlier(suggestion: Suggestion, on: date, *, rules_in_force: RuleSet) -> None:
    """A later ledger shows that it was there earlier than the day it was read in; its hand-over clock starts anew.

    :raises RuleBroken: it has been handed over.
    """
    if suggestion.stage is not Stage.RECORDED:
        raise RuleBroken(N_("%(number)s has been handed over already."), number=suggestion.number or suggestion.title)
    for running in deadlines.open_for(kind=Kind.HAND_OVER, suggestion_id=suggestion.id):
        clocks.void(running, on=suggestion.recorded_on, reason="recorded_earlier")
    suggestion.recorded_on = on
    clocks.start(
        Kind.HAND_OVER,
        on=on,
        rules=rules_in_force,
        congress_id=suggestion.congress_id,
        holder=Holder.OFFICE,
        suggestion_id=suggestion.id,
    )
