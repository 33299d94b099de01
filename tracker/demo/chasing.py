"""Beside the ladder: bodies the office rang or went to see, and a court's case that is pending and not chased."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.database import db
from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.demo.settling import Town
from tracker.dispatch.models import Assignment
from tracker.escalation import by_hand, jobs
from tracker.handling.models import Manner
from tracker.structure.models import Body, Branch
from tracker.suggestion.journey import HANDLED

RANG = (
    (Manner.PHONE, "办公室主任", "该件已逾期，请说明原因并明确答复时间。", "正在会签，一周内答复。", 7),
    (Manner.VISIT, "分管负责人", "上门了解办理情况，请加快现场核实。", "", 0),
)
PENDING = "该件反映的具体案件正在审理，依法不予催办。"


def chase(town: Town, on: date) -> None:
    """Yesterday two late bodies were pressed by hand and one case was marked; what was instructed climbs as well."""
    day = on - timedelta(days=1)
    late = _working(Deadline.due_on < day, Body.branch == Branch.GOVERNMENT).limit(len(RANG))
    for one, (manner, whom, said, promised, days) in zip(db.session.scalars(late).unique().all(), RANG, strict=False):
        facts: dict[str, Any] = {"promised": promised, "promised_on": day + timedelta(days=days)} if promised else {}
        by_hand.chase(
            one, manner, f"{one.body.short_name or one.body.name}{whom}", said, by=town.clerk, on=day, **facts
        )
    courts = _working(Body.branch.in_((Branch.COURT, Branch.PROCURATORATE))).limit(1)
    for one in db.session.scalars(courts).unique().all():
        by_hand.mark_pending(one, one.body.branch, PENDING, by=town.clerk, on=day)
    jobs.raise_alarms(on)


def _working(*which: sa.ColumnElement[bool]) -> sa.Select[tuple[Assignment]]:
    return (
        sa.select(Assignment)
        .join(Deadline, Deadline.assignment_id == Assignment.id)
        .join(Assignment.body)
        .where(Deadline.kind.in_(REPLIES), IS_OPEN, Assignment.standing.in_(HANDLED), *which)
        .options(contains_eager(Assignment.body), joinedload(Assignment.suggestion))
        .order_by(Deadline.due_on, Assignment.id)
    )
