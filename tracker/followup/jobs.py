"""What follow-up does by itself: it looks every morning what was promised and reported, and asks once a year."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.followup import letters, yearly
from tracker.structure.models import Congress


def follow_promises(today: date) -> dict[str, Any]:
    """How many promises run, and how many have passed their day (the ladder tells people of those); deputies are asked
    about what was reported since, each in one letter.
    """
    written = 0
    for congress_id in _congresses():
        written += letters.reports_to_judge(yearly.ask_deputies(congress_id, on=today), on=today)
        db.session.commit()
    passed = sa.func.coalesce(sa.func.sum(sa.case((Deadline.due_on < today, 1), else_=0)), 0)
    wanted = sa.select(sa.func.count(), passed).where(Deadline.kind == Kind.PROMISE, IS_OPEN)
    running, overdue = db.session.execute(wanted).one()
    return {"rows": int(overdue), "letters": written, "promises": int(running), "overdue": int(overdue)}


def ask_yearly(today: date) -> dict[str, Any]:
    """From its month on, each body is asked once a year how its promises stand; a second run asks nothing anew."""
    rows = written = 0
    for congress_id in _congresses():
        asked = yearly.ask_bodies(congress_id, on=today)
        written += letters.yearly_questions(asked, on=today)
        rows += len(asked)
        db.session.commit()
    return {"rows": rows, "letters": written}


def _congresses() -> list[int]:
    return list(db.session.scalars(sa.select(Congress.id).order_by(Congress.id)))
