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
    last = last_before(congress.id, week)
    issue = Issue(congress_id=congress.id, week=week, number=_next_number(congress.id), issued_on=on, frozen_at=at)
    issue.figures, issue.digest = {}, ""
    db.session.add(issue)
    db.session.flush()
    counted = Tally()
    about = _about(congress.id, last, on)
    _keep(issue, counted.counting(findings.stream(about)))
    issue.figures = {**figures.figures(about, counted), **_since(last, issue)}
    naming.name(issue, is_months=is_months_first(last, on))
    issue.digest = sealing.digest_of(issue)
    db.session.flush()
    trace("bulletin_frozen", by, at=at, week=week, number=issue.number, digest=issue.digest)
    return issue


def compose(congress: Congress, week: str, *, on: date, at: datetime) -> Issue:
    """The issue as it would be made now, kept nowhere; all its lines lie in memory."""
    last = last_before(congress.id, week)
    about, counted = _about(congress.id, last, on), Tally()
    items = list(counted.counting(findings.stream(about)))
    made = figures.figures(about, counted)
    number = _next_number(congress.id)
    facts = {"week": week, "number": number, "issued_on": on, "frozen_at": at, "figures": made, "digest": ""}
    issue = Issue(congress_id=congress.id, items=items, **facts)
    issue.figures = {**made, **_since(last, issue)}
    return issue


def is_months_first(last: Issue | None, on: date) -> bool:
    """Whether an issue of a day is the first of its month: those who read monthly get this one."""
    return last is None or (last.issued_on.year, last.issued_on.month) != (on.year, on.month)


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
    shares = db.session.scalars(sa.select(Reader).where(Reader.shared_with_id.in_(by_reader)))
    for reader in (told := [*some, *shares]):
        reader.letter_id = by_reader[reader.shared_with_id or reader.id]
    db.session.flush()
    waiting = sa.and_(Told.person_key == sa.bindparam("reads"), Told.letter_id.is_(None), Told.told_at.is_(None))
    weekly = sa.or_(*(Told.word == word for word in WEEKLY_WORDS))  # many at once cannot be asked with IN
    read = [{"reads": reader.person_key, "letter_id": reader.letter_id, "told_at": at} for reader in told]
    db.session.connection().execute(sa.update(Told).where(waiting, weekly), read)


def _since(last: Issue | None, issue: Issue) -> dict[str, Any]:
    """The weeks since the last issue in which there was none; in the month's first issue, what changed in the month."""
    if last is None:
        return {"no_issue": []}
    told: dict[str, Any] = {"no_issue": sending.without_issue(last.week, issue.week, issue.congress_id)}
    if is_months_first(last, issue.issued_on):
        of_month = sa.and_(Issue.congress_id == issue.congress_id, Issue.issued_on >= last.issued_on.replace(day=1))
        month = db.session.scalars(sa.select(Issue).where(of_month).order_by(Issue.week).limit(1)).one()
        told["month"] = {"since": month.week, **months_changes(_overdue(month), _overdue(issue))}
    return told


def _overdue(issue: Issue) -> set[int]:
    if issue.id is None:
        return {item["assignment_id"] for item in issue.items if item["section"] == "overdue"}
    of_issue = sa.and_(IssueItem.issue_id == issue.id, IssueItem.section == "overdue")
    return {number for number in db.session.scalars(sa.select(IssueItem.assignment_id).where(of_issue)) if number}


def last_before(congress_id: int, week: str) -> Issue | None:
    """The issue before a week's."""
    wanted = sa.select(Issue).where(Issue.congress_id == congress_id, Issue.week < week)
    return db.session.scalar(wanted.order_by(Issue.week.desc()).limit(1))


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
