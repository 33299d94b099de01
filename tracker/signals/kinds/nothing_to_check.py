"""The letter says nothing anybody could look at."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.handling.checkable import checkable
from tracker.handling.models import Reply, ReplyFile
from tracker.handling.rules import UNADOPTED
from tracker.search.framing import body_of
from tracker.signals.kind import REPLY, Asked, Facts, Row, SignalKind, Threshold, Unit
from tracker.signals.passages import short
from tracker.signals.replies import submitted

ON_PAPER = re.compile(r"附件|盖章|扫描|原件|纸质|正文见|详见")


def found(asked: Asked) -> sa.Select[Any]:
    """Replies to be read; one that does not adopt a suggestion gives reasons, and need name no number."""
    files = sa.select(ReplyFile.id).where(ReplyFile.reply_id == Reply.id).correlate(Reply)
    is_unadopted = sa.func.coalesce(Reply.outcome.in_(UNADOPTED), sa.false())
    return submitted(asked, text=Reply.text, has_files=files.exists()).where(~is_unadopted)


def reads(row: Row, asked: Asked) -> Facts | None:
    """What is said between opening and closing; a text that only points to the enclosed letter is not judged."""
    said = body_of(row.fact_text)
    is_short = len(said) < asked.set_at["characters"]
    if is_short and row.fact_has_files and ON_PAPER.search(row.fact_text):
        return None
    if not is_short and not checkable(row.fact_text).is_nothing:
        return None
    return {"characters": len(said), "said": short(said)}


SIGNAL = SignalKind(
    key="nothing_to_check",
    name=N_("Nothing to check"),
    rule=N_("The letter names no number, no place and no date, or says less than %(characters)s characters."),
    evidence=N_("Characters between opening and closing: %(characters)s. It says: %(said)s"),
    act=N_("Ask the body what was done, where, when and how much, or send the reply back."),
    found=found,
    thresholds=(Threshold("characters", 40, Unit.CHARACTERS, most=2000),),
    reads=reads,
    texts=("text", "has_files"),
    weekly=True,
    evidence_at=REPLY,
    act_at=REPLY,
)
