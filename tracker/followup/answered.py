"""What deputies were asked about reports in a year, and whether they answered: silence is counted as not answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.followup.models import Judgement, PromiseReport
from tracker.followup.queries import whose
from tracker.handling.models import Promise
from tracker.stage import Visitor
from tracker.suggestion.queries import scope


@dataclass(frozen=True)
class Answers:
    """What deputies were asked in a year, and how many have answered or let the days pass."""

    asked: int
    answered: int
    silent: int


def answers_of(visitor: Visitor, today: date) -> Answers:
    """About all promises this visitor sees, asked since the first of January."""
    unsaid = sa.and_(Judgement.on.is_(None), Judgement.until_on < today)
    wanted = (
        sa.select(
            sa.func.count(Judgement.id),
            sa.func.count(Judgement.on),
            sa.func.coalesce(sa.func.sum(sa.case((unsaid, 1), else_=0)), 0),
        )
        .join(Judgement.report)
        .join(PromiseReport.promise)
        .join(Promise.assignment)
        .join(Assignment.suggestion)
        .where(Promise.congress_id == visitor.congress_id, scope(visitor), *whose(visitor))
        .where(Judgement.asked_on >= date(today.year, 1, 1))
    )
    return Answers(*map(int, db.session.execute(wanted).one()))
