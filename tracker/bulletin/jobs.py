"""What the bulletin does by itself: once a week the issue is frozen and its letters are written."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.actor import SYSTEM, Actor
from tracker.bulletin import actions, letters, queries
from tracker.bulletin.models import Issue
from tracker.bulletin.parts import Parts
from tracker.bulletin.rules import first_working_day, week_of
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.structure.models import Congress
from tracker.workdays import queries as workdays

AT_ONCE = 50


def weekly_bulletin(today: date) -> dict[str, Any]:
    """Freeze the week's issue of every congress and write its letters, from the first working day of the week on.

    Run again it writes only the letters a broken run left out; a congress that has handed nothing over has no issue.
    """
    week = week_of(today)
    found = {"issues": 0, "rows": 0, "letters": 0}
    for congress_id in db.session.scalars(sa.select(Congress.id).order_by(Congress.id)).all():
        first = first_working_day(week, workdays.calendar(congress_id))
        if first is None or today < first or not _has_work(congress_id):
            continue
        is_new = queries.find_issue(week, congress_id) is None
        issue = freeze_week(congress_id, week, on=today)
        found["issues"] += is_new
        found["rows"] += len(issue.items) if is_new else 0
        found["letters"] += write_letters(issue)
    return found


def freeze_week(congress_id: int, week: str, *, on: date, by: Actor = SYSTEM) -> Issue:
    """Freeze one congress's issue of a week; an issue already made stays as it is."""
    congress = db.session.get_one(Congress, congress_id)
    issue = actions.freeze(congress, week, on=on, at=clock.now(), by=by)
    db.session.commit()
    return issue


def write_letters(issue: Issue) -> int:
    """Write the letters not written yet, some readers at a time, each time committed with what it says of them."""
    some = queries.without_letter(issue.id, AT_ONCE)
    if not some:
        return 0
    parts = Parts(issue.items, issue.figures)
    if issue in db.session:
        db.session.expunge(issue)  # frozen as it is: its figures are read once, not after every commit
    written = 0
    while some:
        posted = letters.bulletins(issue, some, parts, at=clock.now())
        actions.mark_sent(some, posted, at=clock.now())
        written += len(posted)
        db.session.commit()
        some = queries.without_letter(issue.id, AT_ONCE)
    return written


def _has_work(congress_id: int) -> bool:
    return bool(db.session.scalar(sa.select(Assignment.id).where(Assignment.congress_id == congress_id).limit(1)))
