"""The office sent the reply back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Reply, SendingBack
from tracker.signals.kind import Asked, SignalKind, Threshold, Unit, told
from tracker.signals.replies import ANSWERED
from tracker.suggestion.journey import HANDLED


def found(asked: Asked) -> sa.Select[Any]:
    """Replies sent back so often, submitted again or not yet."""
    times = sa.select(sa.func.count(SendingBack.id)).where(SendingBack.reply_id == Reply.id).scalar_subquery()
    last = sa.select(sa.func.max(SendingBack.on)).where(SendingBack.reply_id == Reply.id).scalar_subquery()
    return (
        told(Reply.id, last, times=times, last_on=last)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .where(asked.covers(), Assignment.standing.in_((*ANSWERED, *HANDLED)), times >= asked.set_at["times"])
    )


SIGNAL = SignalKind(
    key="sent_back",
    name=N_("Sent back by the office"),
    rule=N_("Times the office has sent the reply back: %(times)s or more."),
    evidence=N_("Times sent back: %(times)s, last on %(last_on)s."),
    act=N_("See whether the reply now meets the reasons it was sent back for."),
    found=found,
    thresholds=(Threshold("times", 1, Unit.TIMES, least=1, most=20),),
)
