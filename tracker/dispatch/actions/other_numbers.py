"""A suggestion that goes to another level, or comes from one, is found by the number in that ledger too."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.dispatch.models import Assignment, OtherNumber
from tracker.errors import N_, RuleBroken
from tracker.structure.facts import longest
from tracker.structure.rules import fit
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS


def note_number(
    suggestion: Suggestion, ledger: str, number: str, assignment: Assignment | None = None, *, by: Actor, at: datetime
) -> OtherNumber:
    """Write down the number a suggestion has in another ledger; with an assignment, that of the body it went to.

    :raises RuleBroken: ledger or number is missing or too long, or it is written down already.
    """
    kept = {
        "ledger": fit(ledger, most=longest(OtherNumber, "ledger")),
        "number": fit(number, most=longest(OtherNumber, "number")),
    }
    if not all(kept.values()):
        raise RuleBroken(N_("Say whose ledger it is, and the number in it."))
    same = sa.select(OtherNumber.id).filter_by(suggestion_id=suggestion.id, **kept)
    if db.session.scalar(same) is not None:
        raise RuleBroken(N_("This number is written down already."))
    row = OtherNumber(suggestion_id=suggestion.id, assignment_id=assignment.id if assignment else None, **kept)
    db.session.add(row)
    trace("other_number_noted", by, at=at, suggestion=suggestion.id, number=kept["number"])
    return row


def strike_number(row: OtherNumber, *, by: Actor, at: datetime) -> None:
    """It was written down by mistake; the trail keeps it."""
    trace("other_number_struck", by, at=at, suggestion=row.suggestion_id, number=row.number)
    db.session.delete(row)


def other_numbers(suggestion_id: int) -> list[OtherNumber]:
    """The numbers a suggestion has in other ledgers, in the order they became known."""
    if is_empty(known_elsewhere, suggestion_id=suggestion_id):
        return []
    return list(db.session.scalars(_numbers(), {"suggestion_id": suggestion_id}))


def known_elsewhere(_who: Anyone) -> sa.Select[Any]:
    """The same, as rows."""
    return sa.select(OtherNumber.id).where(OtherNumber.suggestion_id == THIS)


@cache
def _numbers() -> sa.Select[Any]:
    return sa.select(OtherNumber).where(OtherNumber.suggestion_id == THIS).order_by(OtherNumber.id)
