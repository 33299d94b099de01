"""The letter carrier: sends what waits, one letter and one transaction at a time."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections import Counter
from datetime import date
from typing import Any

from flask import current_app

from tracker import clock
from tracker.database import db
from tracker.mail import actions, enclosures, queries
from tracker.mail.delivery import Conversation, Post, Result, Verdict
from tracker.mail.rules import pause
from tracker.web import logs

TROUBLE_IN_A_ROW = 3
LONGEST_SECONDS = 300


def send_letters(today: date) -> dict[str, Any]:  # noqa: ARG001 - every job is given its day
    """Send every letter that is due. Without SMTP_URL nothing is sent: the letters are kept and shown.

    A letter that cannot be sent never stops the others; a server in trouble is left alone until the next round.
    """
    me = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(6)}"
    actions.free_abandoned(at=clock.now())
    db.session.commit()
    if not current_app.config["SMTP_URL"]:
        kept = actions.keep_all(at=clock.now())
        db.session.commit()
        return {"letters": 0, "sent": 0, "kept": kept}
    counts: Counter[str] = Counter(letters=0, sent=0, failed=0, later=0)
    in_a_row, until = 0, time.monotonic() + LONGEST_SECONDS
    with Conversation(Post.of(current_app.config)) as conversation:
        while in_a_row < TROUBLE_IN_A_ROW and time.monotonic() < until:
            letter = actions.claim_next(by=me, at=clock.now())
            enclosed = enclosures.of(letter.id) if letter is not None else []
            db.session.commit()
            if letter is None:
                break
            told = {"letter": letter.id, "kind": letter.kind, "tries": letter.tries}
            result = conversation.send(letter, enclosed)
            counts[outcome := _note(letter, result, me)] += 1
            db.session.commit()
            logs.note("letter", **told, outcome=outcome)
            in_a_row = in_a_row + 1 if result.verdict is Verdict.TROUBLE else 0
    counts["letters"] = counts["sent"]
    return dict(counts)


def preview(today: date) -> dict[str, Any]:  # noqa: ARG001 - every job is given its day
    """The letters that would be tried now; sends nothing."""
    due = queries.due(at=clock.now())
    return {"letters": len(due), "recipients": due}


def has_work() -> bool:
    """Whether a letter is due, or was left behind by a sender that died."""
    return queries.is_any_due(at=clock.now())


def _note(letter: Any, result: Result, me: str) -> str:
    now = clock.now()
    if result.verdict is Verdict.SENT:
        actions.mark_sent(letter, by=me, at=now)
        return "sent"
    if result.verdict is Verdict.NEVER:
        actions.mark_failed(letter, by=me, words=result.words, why=result.why)
        return "failed"
    refusals = letter.refusals + (result.verdict is Verdict.LATER)
    doubts = letter.doubts + result.uncertain
    until = now + pause(letter.tries, refusals, doubts, secrets.randbelow(1001) / 1000)
    waits = actions.put_off(letter, by=me, until=until, words=result.words, refusals=refusals, doubts=doubts)
    return "later" if waits else "failed"
