"""What follow-up does by itself: it looks every morning which promises have passed their day."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN


def follow_promises(today: date) -> dict[str, Any]:
    """How many promises run, and how many of them have passed their day; the ladder tells people, not this job."""
    passed = sa.func.coalesce(sa.func.sum(sa.case((Deadline.due_on < today, 1), else_=0)), 0)
    wanted = sa.select(sa.func.count(), passed).where(Deadline.kind == Kind.PROMISE, IS_OPEN)
    running, overdue = db.session.execute(wanted).one()
    return {"rows": int(overdue), "letters": 0, "promises": int(running), "overdue": int(overdue)}
