"""Most of the letter stands in an earlier letter to something else."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.recurrence.models import ReplyLikeness
from tracker.recurrence.rules import Copying
from tracker.signals.alike import ALIKE, taken
from tracker.signals.kind import REPLY, Asked, SignalKind, Threshold, Unit


def found(asked: Asked) -> sa.Select[Any]:
    """Replies with the earlier one that has most of them; what was half taken is shown beside, and is no signal."""
    return taken(asked).where(ReplyLikeness.how != Copying.LAST_YEAR, ReplyLikeness.percent >= asked.set_at["per_cent"])


SIGNAL = SignalKind(
    key="copied",
    name=N_("Nearly equal to another reply"),
    rule=N_("So much of the letter stands in an earlier letter to something else: %(per_cent)s per cent or more."),
    evidence=N_("In the earlier letter: %(percent)s per cent. Both are shown beside each other, with the passages."),
    act=N_("Read both side by side, and ask the body what it did in this matter."),
    found=found,
    thresholds=(Threshold("per_cent", 60, Unit.PER_CENT, least=40, most=100),),
    evidence_at=ALIKE,
    act_at=REPLY,
)
