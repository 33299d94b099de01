"""The class says solved, and the text speaks of what is still to come."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import Outcome
from tracker.errors import N_
from tracker.handling.ahead import sentence_ahead
from tracker.handling.models import Reply
from tracker.signals.kind import REPLY, Asked, Facts, Row, SignalKind
from tracker.signals.passages import short
from tracker.signals.replies import submitted


def found(asked: Asked) -> sa.Select[Any]:
    """Replies of the class solved, to be read."""
    return submitted(asked, text=Reply.text).where(Reply.outcome == Outcome.SOLVED)


def reads(row: Row, _asked: Asked) -> Facts | None:
    """The first sentence that says so."""
    sentence = sentence_ahead(row.fact_text)
    return {"sentence": short(sentence)} if sentence else None


SIGNAL = SignalKind(
    key="solved_ahead",
    name=N_("Solved, in the future tense"),
    rule=N_("The class says solved, but a sentence of the letter says it is still to be done."),
    evidence=N_("The letter says: %(sentence)s"),
    act=N_("Ask the body what is done already, or give the reply another class."),
    found=found,
    reads=reads,
    texts=("text",),
    weekly=True,
    evidence_at=REPLY,
    act_at=REPLY,
)
