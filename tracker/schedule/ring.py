"""Ringing a job: claim its slot, do it, write down how it went; and looking for slots nobody rang."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker import clock, database
from tracker.database import db
from tracker.mail import outbox
from tracker.mail import queries as mail
from tracker.schedule import claims, sound
from tracker.schedule.claims import Claim
from tracker.schedule.timetable import JOBS, TIMETABLE, CatchUp, Job, Slot, called, first_working_day
from tracker.structure.models import Congress
from tracker.web import logs
from tracker.workdays.queries import calendar


@dataclass(frozen=True)
class Rung:
    """What came of ringing a job; `why` says in a word why not: done, taken, early, idle, clock, failed, rehearsal."""

    job: str
    slot: str
    ran: bool
    why: str = ""
    outcome: dict[str, Any] = field(default_factory=dict)
    recipients: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""

    @property
    def letters(self) -> int:
        return int(self.outcome.get("letters", 0))

    @property
    def rows(self) -> int:
        """What the job says it did, in rows; else all its counts but those of letters together."""
        counts = {name: value for name, value in self.outcome.items() if type(value) is int and name != "letters"}
        return counts.get("rows", sum(counts.values()))


def run(name: str, *, by_hand: bool = False) -> Rung:
    """Ring a job for the present slot of the clock, in an open application context.

    A slot that is done is never done again. An exception of the job is written down, and the slot stays free for
    another try. Without `by_hand` a job that has nothing to do is not rung at all, and none while the clock is wrong.
    """
    job, now = JOBS[name], clock.now()
    with database.reading():
        why = _why_not(job, by_hand)
        slot = _present_slot(job, clock.local(now))
        db.session.rollback()
    if why:
        return Rung(name, slot, ran=False, why=why)
    with database.writing():
        if job.slot is Slot.MINUTE:
            slot = _free_minute(job, slot)
        claimed = claims.claim(name, slot, at=now, lease=job.lease)
        if claimed is None:
            done = claims.find(name, slot)
            return Rung(name, slot, ran=False, why="done" if done and done.finished_at else "taken")
        return _do(job, claimed, clock.today())


def rehearse(name: str) -> Rung:
    """All that the job would do now, with every letter it would write; then undone, and nothing is left."""
    job = JOBS[name]
    slot = job.slot_of(clock.local(clock.now()))
    if not _has_come(job, clock.today()):
        return Rung(name, slot, ran=False, why="early")
    if job.preview:
        outcome = called(job.preview)(clock.today())
        db.session.rollback()
        return Rung(name, slot, ran=False, why="rehearsal", outcome=outcome, recipients=outcome.pop("recipients"))
    with _undone(), outbox.noticing() as letter_ids:
        outcome = _plain(called(job.does)(clock.today()), letter_ids)
        recipients = mail.recipients(letter_ids)
    return Rung(name, slot, ran=False, why="rehearsal", outcome=outcome, recipients=recipients)


def catch_up() -> list[Rung]:
    """Ring what should have rung and has not: after a standstill, a crash, a failure. Each slot by its own rule."""
    local = clock.local(clock.now())
    late = (job for job in TIMETABLE if job.catch_up is CatchUp.PRESENT and local.time() >= job.rings_at())
    return [run(job.name) for job in late if not _is_finished(job, local)]


def _why_not(job: Job, by_hand: bool) -> str:
    if not by_hand and not sound.is_sound():
        return "clock"
    if not _has_come(job, clock.today()):
        return "early"
    return "idle" if not by_hand and job.has_work and not called(job.has_work)() else ""


def _has_come(job: Job, today: date) -> bool:
    """Whether the job's day has come: for the weekly one, in the congress whose week begins first."""
    return not job.first_working_day or any(first <= today for first in _firsts(today))


def _present_slot(job: Job, local: datetime) -> str:
    """The slot to be rung now. As long as the week has not begun in every congress, a day's: it is rung again."""
    if job.first_working_day and any(first > local.date() for first in _firsts(local.date())):
        return local.date().isoformat()
    return job.slot_of(local)


def _firsts(today: date) -> list[date]:
    """The first working days of this week in the congresses; those that rest all the week have none."""
    congresses: list[int | None] = [*db.session.scalars(sa.select(Congress.id))] or [None]
    firsts = (first_working_day(today, calendar(congress_id)) for congress_id in congresses)
    return [first for first in firsts if first is not None]


def _free_minute(job: Job, slot: str) -> str:
    """A minute's job may ring more than once a minute, by hand or where the clock was set back, if there is work."""
    first, number = slot, 1
    while (row := claims.find(job.name, slot)) is not None and row.finished_at and called(job.has_work)():
        number += 1
        slot = f"{first}#{number}"
    return slot


def _do(job: Job, claimed: Claim, today: date) -> Rung:
    begun = time.perf_counter()
    try:
        with outbox.noticing() as letter_ids:
            outcome = _plain(called(job.does)(today), letter_ids)
    except Exception as wrong:
        db.session.rollback()
        logs.fault("job", job=job.name, slot=claimed.slot)
        claims.fail(claimed, f"{type(wrong).__name__}: {wrong}")
        return Rung(job.name, claimed.slot, ran=False, why="failed", error=f"{type(wrong).__name__}: {wrong}")
    db.session.rollback()  # what a job did not commit is not done
    if outcome.get("due") is False:  # somebody's day has not come yet: ring again tomorrow
        claims.release(claimed)
        return Rung(job.name, claimed.slot, ran=False, why="early", outcome=outcome)
    ours = claims.finish(claimed, outcome, at=clock.now())
    counts = {name: value for name, value in outcome.items() if type(value) is int}
    taken = round((time.perf_counter() - begun) * 1000)
    logs.note("job", job=job.name, slot=claimed.slot, ms=taken, counts=counts, ours=ours)
    return Rung(job.name, claimed.slot, ran=True, outcome=outcome)


def _plain(outcome: dict[str, Any] | None, letter_ids: list[int]) -> dict[str, Any]:
    """The outcome as it can be stored, with how many letters were written where the job does not say it itself."""
    kept: dict[str, Any] = json.loads(json.dumps(outcome or {}, default=str))
    return kept if type(kept.get("letters")) is int else {**kept, "letters": len(letter_ids)}


def _is_finished(job: Job, local: datetime) -> bool:
    row = claims.find(job.name, _present_slot(job, local))
    db.session.rollback()
    return row is not None and row.finished_at is not None


@contextmanager
def _undone() -> Iterator[None]:
    """Commits of the job become savepoints inside one transaction, which is rolled back."""
    db.session.remove()
    with database.writing(), db.engine.connect() as connection:
        whole = connection.begin()
        session = db.session(join_transaction_mode="create_savepoint")
        session.get_bind = lambda *_args, **_options: connection  # type: ignore[method-assign]
        try:
            yield
        finally:
            db.session.remove()
            whole.rollback()
