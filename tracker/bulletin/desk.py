"""What the bulletin tells the doctor."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from tracker.bulletin.models import Issue, Reader
from tracker.bulletin.sealing import is_unaltered
from tracker.database import db
from tracker.errors import N_
from tracker.stage import Problem


def problems() -> Iterable[Problem]:
    """Issues whose words are no longer those that were sealed, and readers whose letter was never written."""
    for issue in db.session.scalars(sa.select(Issue).order_by(Issue.id)).all():
        if not is_unaltered(issue):
            yield Problem(
                "bulletin_altered", N_("The issue %(week)s no longer says what was frozen."), {"week": issue.week}
            )
    unwritten = (
        sa.select(Issue.week, sa.func.count())
        .join(Reader, Reader.issue_id == Issue.id)
        .where(Reader.letter_id.is_(None))
        .group_by(Issue.week)
        .order_by(Issue.week)
    )
    for week, count in db.session.execute(unwritten):
        values = {"week": week, "count": count}
        yield Problem("bulletin_unsent", N_("%(count)s readers of the issue %(week)s have no letter yet."), values)
