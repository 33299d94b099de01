"""Issues and their readers, limited to who is asking."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.bulletin.models import Correction, Issue, Reader
from tracker.database import db
from tracker.errors import NotFound
from tracker.mail.models import Letter
from tracker.stage import Visitor


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
    wanted = (
        sa.select(Reader, Letter.state)
        .outerjoin(Letter, Letter.id == Reader.letter_id)
        .where(Reader.issue_id == issue_id)
        .order_by(Reader.id)
    )
    return [(reader, str(state) if state else None) for reader, state in db.session.execute(wanted)]


def without_letter(issue_id: int, limit: int) -> list[Reader]:
    wanted = sa.select(Reader).where(Reader.issue_id == issue_id, Reader.letter_id.is_(None))
    return list(db.session.scalars(wanted.order_by(Reader.id).limit(limit)))
