"""The weekly run is killed at random moments and started again, week after week."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from tests.drills import ledger, workers
from tests.outside import MailSink
from tracker import clock
from tracker.bulletin.models import Issue, Reader
from tracker.database import db
from tracker.mail.models import Letter, LetterState

BELL = time(8, 5)
A_LEASE_LATER = timedelta(minutes=31)


def die_often(
    app: Any, given: workers.Settings, sink: MailSink, *, kills: int, chance: random.Random, first: date
) -> dict[str, Any]:
    """Kill until so many runs have died in the middle; each is followed by a start a lease later, until all is sent."""
    monday = datetime.combine(first - timedelta(days=first.weekday()), BELL, clock.local(clock.now()).tzinfo)
    usual = workers.killed(given, monday, None) or 0.0
    dead = weeks = 0
    while dead < kills:
        weeks += 1
        moment = monday + timedelta(weeks=weeks)
        while workers.killed(given, moment, chance.uniform(0, usual) if dead < kills else None) is None:
            dead += 1
            moment += A_LEASE_LATER
    workers.killed(given, moment + A_LEASE_LATER, None)
    with app.app_context():
        return {"weeks": weeks + 1, "killed": dead, "a run, seconds": round(usual, 2), **_counted(sink)}


def _counted(sink: MailSink) -> dict[str, int]:
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for got in sink.letters:
        ids[got["X-Envelope-To"], str(got["Subject"])].add(got["Message-ID"])
    arrived = {got["Message-ID"] for got in sink.letters}
    every = db.session.execute(sa.select(Letter.kind, Letter.message_id, Letter.state, Letter.uncertain)).all()
    weekly = [one for one in every if one.kind == "bulletin"]
    named = db.session.scalar(sa.select(sa.func.count(Reader.id))) or 0
    unwritten = db.session.scalar(sa.select(sa.func.count(Reader.id)).where(Reader.letter_id.is_(None))) or 0
    lost = [one for one in every if one.state is not LetterState.SENT or one.message_id not in arrived]
    return {
        "issues": db.session.scalar(sa.select(sa.func.count(Issue.id))) or 0,
        "readers": named,
        "bulletins": len(weekly),
        "letters": len(every),
        "lost": len(lost) + unwritten + max(0, named - len(weekly)),
        "doubled in the outbox": sum(ledger.doubles().values()) + max(0, len(weekly) - named),
        "second Message-IDs": sum(len(found) - 1 for found in ids.values()),
        "delivered again, same Message-ID": len(sink.letters) - len(arrived),
        "uncertain": sum(one.uncertain for one in every),
    }
