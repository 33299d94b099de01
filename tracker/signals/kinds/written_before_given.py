"""The letter bears an earlier day than that on which the body was given the matter."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Reply
from tracker.signals.kind import REPLY, Asked, SignalKind
from tracker.signals.replies import submitted


def found(asked: Asked) -> sa.Select[Any]:
    """Submitted replies older than their assignment, such as a letter of the last round or of another year."""
    return submitted(asked, letter_on=Reply.letter_on, assigned_on=Assignment.assigned_on).where(
        Reply.letter_on < Assignment.assigned_on
    )


SIGNAL = SignalKind(
    key="written_before_given",
    name=N_("Dated before the body had it"),
    rule=N_("The letter bears an earlier day than that on which the body was given the suggestion."),
    evidence=N_("Letter of %(letter_on)s; given to the body on %(assigned_on)s."),
    act=N_("Ask the body whether this is the letter it means, or send the reply back."),
    found=found,
    evidence_at=REPLY,
    act_at=REPLY,
)
