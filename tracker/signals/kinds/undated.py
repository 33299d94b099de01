"""What is still to be done has no date, or nobody who does it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.followup.rules import TO_BE_DATED
from tracker.handling.ahead import lacking
from tracker.handling.models import Promise, Reply
from tracker.signals.kind import REPLY, Asked, Facts, Row, SignalKind
from tracker.signals.passages import short
from tracker.signals.replies import submitted

LACKS = {(True, True): "both", (True, False): "date", (False, True): "owner"}


def found(asked: Asked) -> sa.Select[Any]:
    """Replies of the classes in progress and planned without a promise; every promise has a date and an owner."""
    promised = sa.select(Promise.id).where(Promise.reply_id == Reply.id).correlate(Reply)
    return submitted(asked, text=Reply.text, drafted=Reply.draft_promises).where(
        Reply.outcome.in_(TO_BE_DATED), ~promised.exists()
    )


def reads(row: Row, _asked: Asked) -> Facts | None:
    """A letter that names both has them, if nobody entered the promise."""
    lacks = None if row.fact_drafted else lacking(row.fact_text)
    if lacks is None:
        return None
    return {"missing": LACKS[lacks.date, lacks.owner], "sentence": short(lacks.sentence)}


SIGNAL = SignalKind(
    key="undated",
    name=N_("To be done, without date or owner"),
    rule=N_("The class says it is still to be done, no promise is entered, and the letter lacks a date or an owner."),
    evidence=N_("Promises: none; the letter lacks %(missing)s. %(sentence)s"),
    act=N_("Ask the body for the date and the owner, and enter the promise."),
    found=found,
    reads=reads,
    texts=("text", "drafted"),
    weekly=True,
    evidence_at=REPLY,
    act_at=REPLY,
    words={
        "missing": {"both": N_("a date and an owner"), "date": N_("a date"), "owner": N_("an owner")},
    },
)
