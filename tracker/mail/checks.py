"""How mail stands: where letters are handed in, and what became of them. A part of the self-check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app

from tracker import clock
from tracker.database import db
from tracker.errors import N_
from tracker.mail.models import Letter, LetterState
from tracker.mail.queries import STUCK_AFTER
from tracker.stage import Finding, Weight

FINE, HINT, WARNING, _BAD = Weight
RECENT = timedelta(days=14)


def checks() -> Iterator[Finding]:
    yield of_settings(current_app.config)
    now = clock.now()
    failed, stuck, last = db.session.execute(
        sa.select(
            sa.func.count().filter(Letter.state == LetterState.FAILED, Letter.written_at > now - RECENT),
            sa.func.count().filter(Letter.state == LetterState.WAITING, Letter.written_at < now - STUCK_AFTER),
            sa.func.max(Letter.sent_at),
        )
    ).one()
    yield _letters(failed, stuck, last)


def of_settings(config: Mapping[str, Any]) -> Finding:
    about, parts = N_("The mail server"), urlsplit(config["SMTP_URL"])
    if not parts.scheme:
        to_do = N_("Set SMTP_URL, or print the letters from the outbox.")
        return Finding("mail_server", about, HINT, N_("none: letters are kept to be printed"), to_do=to_do)
    if config["MAIL_ONLY_TO"]:
        to_do = N_("Empty MAIL_ONLY_TO when the trial is over.")
        says = N_("A trial: every letter goes to one address.")
        return Finding("mail_server", about, WARNING, says, to_do=to_do)
    if config["MAIL_FROM"].rstrip(">").endswith(".example"):
        to_do = N_("Set MAIL_FROM to the office's own address.")
        return Finding(
            "mail_server", about, WARNING, N_("Letters come from an address that does not exist."), to_do=to_do
        )
    if parts.scheme == "smtp" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
        to_do = N_("Use smtps:// or smtp+starttls:// unless the way to the mail server is safe.")
        return Finding("mail_server", about, HINT, N_("Letters travel to it unencrypted."), to_do=to_do)
    return Finding("mail_server", about, FINE, N_("A mail server is set."))


def _letters(failed: int, stuck: int, last: Any) -> Finding:
    about = N_("Letters")
    if stuck:
        to_do = N_("See that the mail server answers and the timetable rings; they then go by themselves.")
        says = N_("%(count)d letters have waited for more than two hours.")
        return Finding("letters", about, WARNING, says, {"count": stuck}, to_do, "mail.outbox")
    if failed:
        to_do = N_("Open each: it says why it stopped and what to do.")
        says = N_("%(count)d letters could not be delivered.")
        return Finding("letters", about, WARNING, says, {"count": failed}, to_do, "mail.outbox")
    if last is None:
        return Finding("letters", about, FINE, N_("none was sent yet, none waits"), page="mail.outbox")
    sent = {"at": clock.local(last).strftime("%Y-%m-%d %H:%M")}
    return Finding(
        "letters", about, FINE, N_("The last was sent on %(at)s; none waits for long."), sent, page="mail.outbox"
    )
