"""Issues and their readers, limited to who is asking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.bulletin.models import Correction, Handing, Issue, Reader, Reading, Rhythm
from tracker.database import db
from tracker.errors import NotFound
from tracker.mail.models import Letter
from tracker.roles import Role
from tracker.stage import Visitor
from tracker.structure.models import Body, Officer

SHARED_WITH = aliased(Reader, name="shared_with")


def issues(visitor: Visitor, *, offset: int, limit: int) -> tuple[list[Issue], int]:
    """The issues of the visitor's congress, the newest first, and how many there are."""
    mine = Issue.congress_id == visitor.congress_id
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Issue).where(mine)) or 0
    wanted = sa.select(Issue).where(mine).order_by(Issue.week.desc()).offset(offset).limit(limit)
    return list(db.session.scalars(wanted)), total


def find_issue(week: str, congress_id: int | None) -> Issue | None:
    """The issue of a week."""
    wanted = sa.select(Issue).where(Issue.congress_id == congress_id, Issue.week == week)
    return db.session.scalar(wanted)


def get_issue(week: str, visitor: Visitor) -> Issue:
    """:raises NotFound: there is no issue of that week in the visitor's congress."""
    found = find_issue(week, visitor.congress_id)
    if found is None:
        raise NotFound
    return found


def corrections(issue_id: int) -> list[Correction]:
    """What was corrected of an issue, the oldest first."""
    wanted = sa.select(Correction).where(Correction.issue_id == issue_id)
    return list(db.session.scalars(wanted.order_by(Correction.id)))


def readers(issue_id: int) -> list[tuple[Reader, str | None]]:
    """To whom an issue went, and how each letter stands (None: not written yet)."""
    return [(row.Reader, str(row.state) if row.state else None) for row in deliveries(issue_id)]


def deliveries(issue_id: int, via_body_id: int | None = None) -> Sequence[Any]:
    """Readers in the order they were named, how each letter stands, and what was handed over; of one hub if named."""
    wanted = (
        sa.select(
            Reader, Letter.state, Letter.sent_at, Letter.last_error, Letter.to_address, Letter.uncertain, Handing,
            SHARED_WITH.name.label("shared_with"), Body.name.label("via"), Body.name_en.label("via_en"),
        )
        .outerjoin(Letter, Letter.id == Reader.letter_id)
        .outerjoin(Handing, Handing.reader_id == Reader.id)
        .outerjoin(SHARED_WITH, SHARED_WITH.id == Reader.shared_with_id)
        .outerjoin(Body, Body.id == Reader.via_body_id)
        .where(Reader.issue_id == issue_id)
        .order_by(Reader.id)
    )  # fmt: skip
    if via_body_id is not None:
        wanted = wanted.where(Reader.via_body_id == via_body_id)
    return db.session.execute(wanted).all()


def get_reader(issue: Issue, reader_id: int, visitor: Visitor) -> Reader:
    """One reader of an issue; a hub's are those it hands on to.

    :raises NotFound: there is none, or it is not the visitor's to see.
    """
    wanted = sa.select(Reader).where(Reader.issue_id == issue.id, Reader.id == reader_id)
    if visitor.role is Role.HUB:
        wanted = wanted.where(Reader.via_body_id == visitor.body_id)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def to_hand_on(issue_id: int) -> dict[str, list[str]]:
    """For each officer of a hub through which somebody is reached: to whom he hands their page on."""
    wanted = sa.select(Officer.id, Reader.name).join(Reader, Reader.via_body_id == Officer.body_id)
    wanted = wanted.where(Reader.shared_with_id.is_(None))  # who shares another's letter shares his page
    found: dict[str, list[str]] = {}
    for number, name in db.session.execute(wanted.where(Reader.issue_id == issue_id).order_by(Reader.id)):
        found.setdefault(f"officer:{number}", []).append(name)
    return found


def shared_by(reader_ids: Sequence[int]) -> dict[int, list[str]]:
    """Who shares the letter of each of these readers."""
    wanted = sa.select(Reader.shared_with_id, Reader.person_key).where(Reader.shared_with_id.in_(reader_ids))
    found: dict[int, list[str]] = {}
    for number, person_key in db.session.execute(wanted.order_by(Reader.id)):
        found.setdefault(number, []).append(person_key)
    return found


def without_letter(issue_id: int, limit: int) -> list[Reader]:
    """Readers whose letter is not written yet; who shares another's letter has none of his own."""
    unwritten = sa.and_(Reader.letter_id.is_(None), Reader.shared_with_id.is_(None))
    wanted = sa.select(Reader).where(Reader.issue_id == issue_id, unwritten)
    return list(db.session.scalars(wanted.order_by(Reader.id).limit(limit)))


def monthly(congress_id: int) -> list[Officer]:
    """Officers who read the first issue of each month only."""
    wanted = sa.select(Officer).join(Reading, Reading.officer_id == Officer.id)
    mine = wanted.where(Officer.congress_id == congress_id, Reading.rhythm == Rhythm.MONTHLY)
    return list(db.session.scalars(mine.order_by(Officer.id)))


def rhythm_of(officer_id: int) -> Rhythm:
    found = db.session.get(Reading, officer_id)
    return found.rhythm if found is not None else Rhythm.WEEKLY
