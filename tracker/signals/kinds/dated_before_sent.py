"""The letter bears a day long before it was submitted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.handling.models import Reply
from tracker.signals.kind import REPLY, Asked, Facts, Row, SignalKind, Threshold, Unit
from tracker.signals.replies import first_submitted_on, submitted


def found(asked: Asked) -> sa.Select[Any]:
    """Submitted replies whose letter is older than their first submission."""
    first = first_submitted_on()
    return submitted(asked, letter_on=Reply.letter_on, submitted_on=first).where(Reply.letter_on < first)


def reads(row: Row, asked: Asked) -> Facts | None:
    """How long a letter takes to its reader is counted in calendar days: it bears one."""
    days = (row.fact_submitted_on - row.fact_letter_on) // timedelta(days=1)
    return {"days": days} if days > asked.set_at["days"] else None


SIGNAL = SignalKind(
    key="dated_before_sent",
    name=N_("Dated long before it was sent"),
    rule=N_("The letter bears a day more than %(days)s days before it was first submitted."),
    evidence=N_("Letter of %(letter_on)s; submitted on %(submitted_on)s, %(days)s days later."),
    act=N_("Ask the body when the letter was signed; what counts is the day it was submitted."),
    found=found,
    thresholds=(Threshold("days", 15, Unit.DAYS),),
    reads=reads,
    evidence_at=REPLY,
    act_at=REPLY,
)
