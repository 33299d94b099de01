"""An issue is frozen, once a week; then its letters are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from tracker.actor import SYSTEM, Actor
from tracker.audit.actions import trace
from tracker.bulletin import figures, findings, naming, sending
from tracker.bulletin.models import Issue, Reader
from tracker.bulletin.rules import months_changes, seal
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
    issue, is_months = compose(congress, week, on=on, at=at)
    db.session.add(issue)
    db.session.flush()
    naming.name(issue, is_months=is_months)
    trace("bulletin_frozen", by, at=at, week=week, number=issue.number, digest=issue.digest)
    return issue


def compose(congress: Congress, week: str, *, on: date, at: datetime) -> tuple[Issue, bool]:
    """The issue as it would be made now, kept nowhere; and whether it is the month's first, read by all."""
    last = _last_before(congress.id, week)
    about = findings.Week(
        congress.id, on, last.issued_on if last else on - timedelta(days=7), workdays.calendar(congress.id)
    )
    items = findings.items(about)
    counted = figures.figures(about, items, last.items if last else None)
    counted["no_issue"] = sending.without_issue(last.week, week, congress.id) if last else []
    is_months = last is None or (last.issued_on.year, last.issued_on.month) != (on.year, on.month)
    if is_months and last:
        month = _first_of_month(congress.id, last.issued_on)
        counted["month"] = months_changes(month.week, month.items, items)
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
    return issue, is_months


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
    """The letters of these readers are in the outbox; leaders have with it been told of their rungs, and so have those
    who share a letter."""
    by_reader = {reader.id: letter.id for reader, letter in zip(some, letters, strict=True)}
    shares = sa.select(Reader).where(Reader.shared_with_id.in_(by_reader))
    told = [(reader, by_reader[reader.id]) for reader in some]
    told += [
        (reader, by_reader[reader.shared_with_id]) for reader in db.session.scalars(shares) if reader.shared_with_id
    ]
    for reader, letter_id in told:
        reader.letter_id = letter_id
    db.session.flush()
    waiting = sa.and_(Told.person_key == sa.bindparam("reads"), Told.letter_id.is_(None), Told.told_at.is_(None))
    weekly = sa.or_(*(Told.word == word for word in WEEKLY_WORDS))  # many at once cannot be asked with IN
    read = [{"reads": reader.person_key, "letter_id": letter_id, "told_at": at} for reader, letter_id in told]
    db.session.connection().execute(sa.update(Told).where(waiting, weekly), read)


def _last_before(congress_id: int, week: str) -> Issue | None:
    wanted = sa.select(Issue).where(Issue.congress_id == congress_id, Issue.week < week)
    return db.session.scalar(wanted.order_by(Issue.week.desc()).limit(1).options(sa.orm.undefer(Issue.items)))


def _first_of_month(congress_id: int, day: date) -> Issue:
    """What those who read monthly read last."""
    wanted = sa.select(Issue).where(Issue.congress_id == congress_id, Issue.issued_on >= day.replace(day=1))
    return db.session.scalars(wanted.order_by(Issue.week).limit(1).options(sa.orm.undefer(Issue.items))).one()
