"""The body answers the same matter with the words of an earlier year."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.recurrence.models import ReplyLikeness
from tracker.recurrence.rules import Copying
from tracker.signals.alike import ALIKE, taken
from tracker.signals.kind import REPLY, Asked, SignalKind


def found(asked: Asked) -> sa.Select[Any]:
    """Replies with the earlier one of the same body to the same matter that has most of them."""
    return taken(asked).where(ReplyLikeness.how == Copying.LAST_YEAR)


SIGNAL = SignalKind(
    key="last_years_words",
    name=N_("Last year's words again"),
    rule=N_("Much of the letter stands in the same body's answer to the same matter half a year ago or earlier."),
    evidence=N_("In the earlier letter: %(percent)s per cent. Both are shown beside each other, with the passages."),
    act=N_("Ask the body what has been done since the last answer."),
    found=found,
    evidence_at=ALIKE,
    act_at=REPLY,
)
