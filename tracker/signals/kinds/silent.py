"""Nothing has happened for a long time."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Extension
from tracker.signals.kind import Asked, SignalKind, Threshold, Unit, told
from tracker.suggestion.journey import HANDLED, MOVES
from tracker.suggestion.models import Entry

OWN = tuple(name for name, move in MOVES.items() if move.who in ("body", "co-handler", "lead"))
GIVEN = (
    "assign",
    "succeed",
    "refuse_return",
    "refuse_extension",
    "grant_extension",
    "send_back",
    "ask_opinion_again",
    "ask_agreement_again",
)


def found(asked: Asked) -> sa.Select[Any]:
    """Item-bodies in hand that were given, or last touched by their body, long ago; what presses a body counts not.

    Who asked for more time and is not answered waits for us; that is told of our office (`held_extension`).
    """
    waits = sa.select(Extension.id).where(Extension.assignment_id == Assignment.id, Extension.granted.is_(None))
    last = (
        sa.select(sa.func.max(Entry.on))
        .where(Entry.assignment_id == Assignment.id, Entry.move.in_((*OWN, *GIVEN)))
        .scalar_subquery()
    )
    return told(Assignment.id, last, last_on=last).where(
        asked.covers(),
        Assignment.standing.in_(HANDLED),
        Assignment.pending_case.is_(False),
        ~waits.exists(),
        last <= asked.days_ago("days"),
    )


SIGNAL = SignalKind(
    key="silent",
    name=N_("Silent for a long time"),
    rule=N_("A body that has to act has left no trace for %(days)s days."),
    evidence=N_("Last line of the body's own on %(last_on)s."),
    act=N_("Press the body, and note it."),
    found=found,
    thresholds=(Threshold("days", 30, Unit.DAYS, least=5),),
)
