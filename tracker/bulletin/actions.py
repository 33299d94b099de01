"""An issue is frozen, once a week; then its letters are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.actor import SYSTEM, Actor
from tracker.audit.actions import trace
from tracker.bulletin import figures, findings, naming, sealing, sending
from tracker.bulletin.models import Correction, Issue, IssueItem, Reader
from tracker.bulletin.queries import overdue_in
from tracker.bulletin.rules import months_changes, some_at_a_time
from tracker.bulletin.tally import Tally
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.escalation.models import Told
from tracker.escalation.rules import WEEKLY_WORDS
from tracker.mail.models import Letter
from tracker.structure.models import Congress
from tracker.workdays import queries as workdays

AT_ONCE = 500


def freeze(congress: Congress, week: str, *, on: date, at: datetime, by: Actor = SYSTEM) -> Issue:
    """Make the week's issue: figures, items and readers as they are now. The week's second issue is the first.

    What it says is never changed: `digest` is the fingerprint of its lines, its readers, and of number, week, day,
    figures and rules.
    """
    known = sa.select(Issue).where(Issue.congress_id == congress.id, Issue.week == week)
    if found := db.session.scalar(known):
        return found
    last = _last_before(congress.id, week)
    issue = Issue(congress_id=congress.id, week=week, number=_next_number(congress.id), issued_on=on, frozen_at=at)
    issue.figures, issue.digest = {}, ""
    db.session.add(issue)
    db.session.flush()
    counted = Tally()
    about = _about(congress.id, last, on)
    _keep(issue, counted.counting(findings.stream(about)))
    is_months = _is_months(last, on)
    issue.figures = {**figures.figures(about, counted), **_since_last(issue, last, is_months=is_months)}
    naming.name(issue, is_months=is_months)
    issue.digest = sealing.digest_of(issue)
    db.session.flush()
    trace("bulletin_frozen", by, at=at, week=week, number=issue.number, digest=issue.digest)
    return issue


def compose(congress: Congress, week: str, *, on: date, at: datetime) -> tuple[Issue, bool]:
    """The issue as it would be made now, kept nowhere, and whether it is the month's; all its lines lie in memory."""
    last = _last_before(congress.id, week)
    about, is_months = _about(congress.id, last, on), _is_months(last, on)
    counted = Tally()
    items = list(counted.counting(findings.stream(about)))
    facts = {"week": week, "number": _next_number(congress.id), "issued_on": on, "frozen_at": at, "digest": ""}
    issue = Issue(congress_id=congress.id, items=items, figures=figures.figures(about, counted), **facts)
    issue.figures |= _since_last(issue, last, is_months=is_months)
    return issue, is_months


def correct(issue: Issue, text: str, *, by: Actor, on: date, at: datetime) -> Correction:
    """Say what an issue said wrongly and what is right. It stands beside the issue, and in the next one.

    :raises RuleBroken: nothing is said.
    """
    if not text.strip():
        raise RuleBroken(N_("Say what was wrong and what is right."))
    made = Correction(issue_id=issue.id, on=on, entered_at=at, text=text.strip(), by_name=by.name)
    db.session.add(made)
    db.session.flush()
    trace("bulletin_corrected", by, at=at, week=issue.week, number=issue.number, correction=made.id)
    return made


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
    return db.session.scalar(wanted.order_by(Issue.week.desc()).limit(1))


def _is_months(last: Issue | None, on: date) -> bool:
    """Whether it is the month's first issue, which those read who read monthly."""
    return last is None or (last.issued_on.year, last.issued_on.month) != (on.year, on.month)


def _since_last(issue: Issue, last: Issue | None, *, is_months: bool) -> dict[str, Any]:
    """The weeks without an issue since the last one; in the month's first issue what changed in a month."""
    if last is None:
        return {"no_issue": []}
    told: dict[str, Any] = {"no_issue": sending.without_issue(last.week, issue.week, issue.congress_id)}
    if is_months:
        month = _first_of_month(issue.congress_id, last.issued_on)
        told["month"] = months_changes(month.week, overdue_in(month), overdue_in(issue))
    return told


def _first_of_month(congress_id: int, day: date) -> Issue:
    """What those who read monthly read last."""
    wanted = sa.select(Issue).where(Issue.congress_id == congress_id, Issue.issued_on >= day.replace(day=1))
    return db.session.scalars(wanted.order_by(Issue.week).limit(1)).one()


def _about(congress_id: int, last: Issue | None, on: date) -> findings.Week:
    since_on = last.issued_on if last else on - timedelta(days=7)
    return findings.Week(congress_id, on, since_on, workdays.calendar(congress_id), last.id if last else None)


def _next_number(congress_id: int) -> int:
    return (db.session.scalar(sa.select(sa.func.max(Issue.number)).where(Issue.congress_id == congress_id)) or 0) + 1


def _keep(issue: Issue, lines: Iterable[dict[str, Any]]) -> None:
    """Write the lines as rows while they are found."""
    for some in some_at_a_time(lines, AT_ONCE):
        rows = [{**{name: line[name] for name in KEPT}, "issue_id": issue.id, "said": line} for line in some]
        db.session.execute(sa.insert(IssueItem), rows)


KEPT = ("no", "section", "thing_id", "assignment_id", "body_id", "branch", "deputy_id", "key", "internal", "weeks")
