"""An issue is frozen, once a week; then its letters are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from tracker.actor import SYSTEM, Actor
from tracker.audit.actions import trace
from tracker.bulletin import figures, findings, readers
from tracker.bulletin.models import Issue, Reader
from tracker.bulletin.rules import seal
from tracker.database import db
from tracker.escalation.models import Told
from tracker.escalation.rules import WEEKLY_WORDS
from tracker.mail.models import Letter
from tracker.structure.models import Congress
from tracker.workdays import queries as workdays


def freeze(congress: Congress, week: str, *, on: date, at: datetime, by: Actor = SYSTEM) -> Issue:
    """Make the week's issue: figures, items and readers as they are now. The week's second issue is the first.

    What it says is never changed: `digest` is the fingerprint of number, week, day, figures and items.
    """
    known = sa.select(Issue).where(Issue.congress_id == congress.id, Issue.week == week)
    if found := db.session.scalar(known):
        return found
    last = _last_before(congress.id, week)
    about = findings.Week(
        congress.id, on, last.issued_on if last else on - timedelta(days=7), workdays.calendar(congress.id)
    )
    items = findings.items(about)
    counted = figures.figures(about, items, last.items if last else None)
    number = (db.session.scalar(sa.select(sa.func.max(Issue.number)).where(Issue.congress_id == congress.id)) or 0) + 1
    content = {"number": number, "week": week, "issued_on": on.isoformat(), "figures": counted, "items": items}
    issue = Issue(
        congress_id=congress.id,
        week=week,
        number=number,
        issued_on=on,
        frozen_at=at,
        figures=counted,
        items=items,
        digest=seal(content),
    )
    db.session.add(issue)
    db.session.flush()
    _name_readers(issue, items, on)
    trace("bulletin_frozen", by, at=at, week=week, number=number, digest=issue.digest)
    return issue


def is_unaltered(issue: Issue) -> bool:
    """Whether an issue still says what was frozen."""
    content = {
        "number": issue.number,
        "week": issue.week,
        "issued_on": issue.issued_on.isoformat(),
        "figures": issue.figures,
        "items": issue.items,
    }
    return seal(content) == issue.digest


def mark_sent(some: Sequence[Reader], letters: Sequence[Letter], *, at: datetime) -> None:
    """The letters of these readers are in the outbox; leaders have with it been told of their rungs."""
    read = [
        {"reads": reader.person_key, "letter_id": letter.id, "told_at": at}
        for reader, letter in zip(some, letters, strict=True)
    ]
    for reader, letter in zip(some, letters, strict=True):
        reader.letter_id = letter.id
    db.session.flush()
    waiting = sa.and_(Told.person_key == sa.bindparam("reads"), Told.letter_id.is_(None), Told.told_at.is_(None))
    weekly = sa.or_(*(Told.word == word for word in WEEKLY_WORDS))  # many at once cannot be asked with IN
    db.session.connection().execute(sa.update(Told).where(waiting, weekly), read)


def _last_before(congress_id: int, week: str) -> Issue | None:
    wanted = sa.select(Issue).where(Issue.congress_id == congress_id, Issue.week < week)
    return db.session.scalar(wanted.order_by(Issue.week.desc()).limit(1).options(sa.orm.undefer(Issue.items)))


def _name_readers(issue: Issue, items: list[dict[str, object]], on: date) -> None:
    """Everybody with at least one item, and those who read every issue; nobody gets an empty one."""
    parts = readers.Parts(items)
    for some in readers.people(issue.congress_id, on):
        rows = [
            {
                "issue_id": issue.id,
                "person_key": person.person_key,
                "name": person.name,
                "rank": person.rank,
                "scope": person.scope,
                "item_count": count,
            }
            for person in some
            if (count := len(parts.of(person.scope))) or person.reads_always
        ]
        if rows:
            db.session.execute(sa.insert(Reader), rows)
