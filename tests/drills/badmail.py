"""A mail server that refuses, hangs, hangs up or is away, for as long as is wanted; and the carrier that meets it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tests.outside import MailSink
from tracker import clock
from tracker.database import db
from tracker.mail import actions, delivery
from tracker.mail.jobs import send_letters
from tracker.mail.models import Letter, LetterState
from tracker.mail.outbox import Addressee, Draft, post_many

STEPS = ("EHLO", "MAIL", "RCPT", "DATA")
HOURS = 3
PATIENCE_SECONDS = 0.3  # what thirty seconds of silence are in a drill


@dataclass
class Moody(MailSink):
    """`mood` is what it does at the step `at`: an answer as "451 …", "hang", "drop" or "keep and drop"; "" is well."""

    at: str = ""
    mood: str = ""

    async def meet(self, step: str, server: Any) -> str | None:
        if step != self.at or not self.mood:
            return None
        if self.mood == "hang":
            await asyncio.sleep(3 * PATIENCE_SECONDS)
        if self.mood[0].isdigit():
            return self.mood
        server.transport.abort()
        return "421 nobody hears this"

    async def handle_EHLO(self, server, session, _envelope, hostname, responses) -> list[str]:
        session.host_name = hostname
        answer = await self.meet("EHLO", server)
        return [answer] if answer else responses

    async def handle_MAIL(self, server, _session, envelope, address, options) -> str:
        if answer := await self.meet("MAIL", server):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, _session, envelope, address, options) -> str:
        if answer := await self.meet("RCPT", server):
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.mood == "keep and drop":
            await super().handle_DATA(server, session, envelope)
        return await self.meet("DATA", server) or await super().handle_DATA(server, session, envelope)


def moods() -> list[tuple[str, str]]:
    """Every way to be unwell at every step."""
    each = [(step, mood) for step in STEPS for mood in ("451 4.3.0 Later", "554 5.7.1 Never", "hang", "drop")]
    return [*each, ("DATA", "keep and drop"), ("DATA", "421 4.3.2 Closing down")]


def write(number: int, at: datetime) -> None:
    """So many letters to as many people."""
    people = (
        Addressee(f"officer:{one}", f"Officer {one}", f"officer{one}@bureau.example", "en") for one in range(number)
    )
    facts = {"title": "About the roads", "text": "Please answer."}
    post_many("trial", [Draft(to, f"drill:{to.person_key}", None, facts) for to in people], at=at)
    db.session.commit()


def bear(
    app: Any,
    sink: Moody,
    at: str,
    mood: str,
    *,
    letters: int,
    hours: int = HOURS,
    when_well: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Write letters, carry them through hours of that mood, then minute by minute to a server that is well.

    What the server refused for good is sent again by a person. Answers what became of them.
    """
    begun = datetime(2026, 3, 2, 8, tzinfo=clock.local(clock.now()).tzinfo)
    with app.app_context():
        write(letters, begun)
    sink.at, sink.mood = at, mood
    for minutes in range(0, hours * 60, 10):
        _carry(app, begun + timedelta(minutes=minutes))
    sink.mood = ""
    when_well()
    well = begun + timedelta(hours=hours)
    stopped = _send_stopped_again(app, well)
    minutes = 0
    while _waiting(app) and minutes < 24 * 60:
        _carry(app, well + timedelta(minutes=minutes))
        minutes += 1
    return {"step": at, "mood": mood, "stopped": stopped, "minutes until all are sent": minutes, **_became(app, sink)}


@contextmanager
def impatient() -> Iterator[None]:
    """Silence is taken for silence after a moment."""
    usual = delivery.ANSWER_SECONDS, delivery.CONNECT_SECONDS
    delivery.ANSWER_SECONDS = delivery.CONNECT_SECONDS = PATIENCE_SECONDS
    try:
        yield
    finally:
        delivery.ANSWER_SECONDS, delivery.CONNECT_SECONDS = usual


def _carry(app: Any, at: datetime) -> None:
    with app.app_context(), clock.at(at):
        send_letters(clock.today())


def _send_stopped_again(app: Any, at: datetime) -> int:
    """A person looks at each letter that stopped, and has it sent again."""
    with app.app_context():
        failed = list(db.session.scalars(sa.select(Letter).where(Letter.state == LetterState.FAILED)))
        for letter in failed:
            actions.send_again(letter, at=at)
        db.session.commit()
        return len(failed)


def _waiting(app: Any) -> bool:
    with app.app_context():
        return bool(db.session.scalar(sa.select(sa.exists().where(Letter.state == LetterState.WAITING))))


def _became(app: Any, sink: Moody) -> dict[str, int]:
    with app.app_context():
        rows = db.session.execute(sa.select(Letter.message_id, Letter.state, Letter.to_address)).all()
        db.session.execute(sa.delete(Letter))
        db.session.commit()
    arrived = Counter(str(got["Message-ID"]) for got in sink.letters)
    names = {(got["X-Envelope-To"], str(got["Message-ID"])) for got in sink.letters}
    sink.letters.clear()
    return {
        "letters": len(rows),
        "sent": sum(row.state is LetterState.SENT for row in rows),
        "lost": sum(row.message_id not in arrived for row in rows),
        "second Message-IDs": len(names) - len({to for to, _name in names}),
        "delivered again, same Message-ID": sum(arrived.values()) - len(arrived),
    }
