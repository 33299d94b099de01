"""Looking again: whether what was fixed is still what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.audit import checking
from tracker.audit.models import Trace
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.files import store
from tracker.files.models import File
from tracker.handling.models import Reply
from tracker.handling.written import ReplyVersion, VersionKind
from tracker.proof import things
from tracker.proof.models import Fixed
from tracker.stage import Problem

BATCH = 2_000
HISTORY = "history"
NAMES = {HISTORY: N_("History, line by line"), **things.NAMES}


class Fault(NamedTuple):
    """One thing that is not as it was: what kind, its number, and how (a msgid)."""

    kind: str
    number: int
    how: str


ALTERED, GONE, ON_DISK = N_("altered"), N_("missing"), N_("the stored file is missing or was changed")


@dataclass
class Looked:
    """What looking at one suggestion's record found; `sound` and `waiting` are counted by kind."""

    sound: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    last_sealed_at: datetime | None = None

    @property
    def lines(self) -> Iterator[tuple[str, int, int, list[Fault]]]:
        """Of each kind that is there: how many fit, how many wait for the coming night, what does not fit."""
        for kind in NAMES:
            own = [one for one in self.faults if one.kind == kind]
            if self.sound.get(kind) or self.waiting.get(kind) or own:
                yield kind, self.sound.get(kind, 0), self.waiting.get(kind, 0), own


def look(suggestion_id: int, lines: Iterable[int]) -> Looked:
    """Check the record of one suggestion: these lines of its history, and all its replies, ratings and files."""
    looked = Looked()
    history = checking.check("entry", set(lines))
    looked.sound[HISTORY], looked.waiting[HISTORY] = history.sound, history.waiting
    looked.faults += [Fault(HISTORY, one, ALTERED) for one in history.bad]
    looked.last_sealed_at = history.last_sealed_at
    fixed = db.session.scalars(sa.select(Fixed).where(Fixed.suggestion_id == suggestion_id)).all()
    traces = _digests({one.trace_id for one in fixed})
    for kind in things.NAMES:
        there = {number: now for number, _of, now in things.read(things.about(kind, suggestion_id))}
        _compare(kind, there, [one for one in fixed if one.kind == kind], traces, looked)
    looked.faults += [Fault("reply", one, ALTERED) for one in _not_as_submitted(suggestion_id)]
    return looked


def _compare(
    kind: str, there: dict[int, str], fixed: list[Fixed], traces: dict[int, dict[str, str]], looked: Looked
) -> None:
    known = {one.thing_id for one in fixed}
    faults = [fault for one in fixed if (fault := _fault(one, there.get(one.thing_id), traces))]
    if kind in things.OF_FILES:
        bad = {one.number for one in faults}
        faults += [Fault(kind, one, ON_DISK) for one in _unsound(set(there) - bad)]
    looked.faults += faults
    at_fault = {one.number for one in faults}
    looked.sound[kind] = len(known - at_fault)
    looked.waiting[kind] = len(set(there) - known - at_fault)


def _fault(one: Fixed, now: str | None, traces: dict[int, dict[str, str]]) -> Fault | None:
    said = traces.get(one.trace_id, {}).get(f"{one.kind} {one.thing_id}")
    if now is None:
        return Fault(one.kind, one.thing_id, GONE)
    return None if now == one.digest == said else Fault(one.kind, one.thing_id, ALTERED)


def _digests(trace_ids: set[int]) -> dict[int, dict[str, str]]:
    """What the lines of the trail say, those that fit their seals or wait for one."""
    bad = set(checking.check("trace", trace_ids).bad)
    wanted = sa.select(Trace.id, Trace.facts).where(Trace.id.in_(trace_ids - bad))
    return {row.id: _named(row.facts) for row in db.session.execute(wanted)}


def _named(facts: dict[str, Any]) -> dict[str, str]:
    return {f"{facts.get('kind')} {number}": digest for number, digest in facts.get("digests", {}).items()}


def _unsound(file_ids: set[int]) -> list[int]:
    files = db.session.scalars(sa.select(File).where(File.id.in_(file_ids)).order_by(File.id))
    return [one.id for one in files if not store.is_sound(one)]


def _not_as_submitted(suggestion_id: int | None = None) -> list[int]:
    """Versions that a reply no longer says although it was submitted with them; of all replies if none is named."""
    last = sa.select(sa.func.max(ReplyVersion.id)).where(
        ReplyVersion.reply_id == Reply.id, ReplyVersion.kind == VersionKind.SUBMITTED
    )
    wanted = sa.select(ReplyVersion.id).join(Reply, Reply.id == ReplyVersion.reply_id)
    wanted = wanted.where(Reply.submitted_on.is_not(None), ReplyVersion.id == last.correlate(Reply).scalar_subquery())
    if suggestion_id is not None:
        ours = sa.select(Assignment.id).where(Assignment.suggestion_id == suggestion_id)
        wanted = wanted.where(Reply.assignment_id.in_(ours))
    return list(db.session.scalars(wanted.where(Reply.text != ReplyVersion.text).order_by(ReplyVersion.id)))


def problems() -> Iterator[Problem]:
    """For the doctor: whatever was fixed and is not what is there, all of it, some thousands at once."""
    said = N_("%(kind)s %(number)s is not as it was fixed (%(how)s).")
    for kind in things.NAMES:
        for fault in _all(kind):
            yield Problem("fixed", said, fault._asdict())
    for number in _not_as_submitted():
        yield Problem("fixed", said, Fault("reply", number, ALTERED)._asdict())


def _all(kind: str) -> Iterator[Fault]:
    last, number = 0, things.number_of(kind)
    while True:
        next_ones = sa.select(Fixed.thing_id, Fixed.digest, Fixed.trace_id).where(Fixed.kind == kind)
        wanted = next_ones.where(Fixed.thing_id > last).order_by(Fixed.thing_id).limit(BATCH)
        some = db.session.execute(wanted).all()
        if not some:
            return
        span = number.between(some[0].thing_id, some[-1].thing_id)
        there = {thing_id: now for thing_id, _of, now in things.read(things.written(kind).where(span))}
        told = _digests({one.trace_id for one in some})
        for one in some:
            row = Fixed(kind=kind, thing_id=one.thing_id, digest=one.digest, trace_id=one.trace_id)
            if fault := _fault(row, there.get(one.thing_id), told):
                yield fault
        last = some[-1].thing_id
