"""What a drill left in the database, in words that are the same whoever rang and in whatever order."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.models import Issue, Reader
from tracker.database import db
from tracker.escalation.models import Alarm, Told
from tracker.mail.models import Letter
from tracker.schedule.models import JobRun
from tracker.suggestion.models import Entry


def everything() -> dict[str, Any]:
    """Steps, people told, issues, readers, letters, history and slots."""
    alarm = (Alarm.deadline_id, Alarm.step, Alarm.due_on)
    return {
        "steps": _rows(*alarm, Alarm.reached_on, Alarm.raised_on, Alarm.form),
        "told": _rows(*alarm, Told.person_key, Told.word, Told.letter_id.is_(None), joined=(Alarm, Told.alarm_id)),
        "issues": _rows(Issue.week, Issue.number, Issue.issued_on, Issue.digest),
        "readers": _rows(Issue.week, Reader.person_key, Reader.item_count, joined=(Issue, Reader.issue_id)),
        "letters": _rows(Letter.key, Letter.message_id, Letter.to_address, Letter.state, Letter.body_text),
        "history": _rows(Entry.assignment_id, Entry.move, Entry.on),
        "slots": _rows(JobRun.job, JobRun.slot, JobRun.finished_at.is_not(None), which=JobRun.job.not_like("%letters")),
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, int]:
    """How many rows stand in one of the two and not in the other, or more often."""
    parted = {name: (rows - other[name]) + (other[name] - rows) for name, rows in one.items()}
    return {name: sum(rows.values()) for name, rows in parted.items() if rows}


def doubles() -> dict[str, int]:
    """How many steps, issues and letters there are twice; the keys of the tables forbid it, and this counts it."""
    counted = {}
    for name, keys in {
        "steps": (Alarm.deadline_id, Alarm.step, Alarm.due_on),
        "issues": (Issue.congress_id, Issue.week),
        "letters": (Letter.kind, Letter.person_key, Letter.key),
    }.items():
        twice = sa.select(*keys).group_by(*keys).having(sa.func.count() > 1).subquery()
        counted[name] = db.session.scalar(sa.select(sa.func.count()).select_from(twice)) or 0
    return counted


def _rows(*columns: Any, joined: tuple[Any, Any] | None = None, which: Any = None) -> Counter[Any]:
    wanted = sa.select(*columns)
    if joined:
        wanted = wanted.join(joined[0], joined[0].id == joined[1])
    if which is not None:
        wanted = wanted.where(which)
    return Counter(tuple(row) for row in db.session.execute(wanted))
