"""Who holds the clock an alarm belongs to: a body, the hub that decides or reads, or nobody but our own office."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.ladders import ANY, HUB
from tracker.deadlines.models import Deadline, Holder
from tracker.dispatch.models import Assignment
from tracker.escalation.models import Alarm, Duty
from tracker.structure.models import Body

HOLDER = aliased(Body, name="holder")
SENT_TO = aliased(Body, name="sent_to")
OWNER = aliased(Assignment, name="owner")
NOT_PENDING = sa.or_(Assignment.id.is_(None), Assignment.pending_case.is_(False))


def branch_of(body: Any) -> sa.ColumnElement[str]:
    """The word of the ladder a clock climbs by: the branch of the body that holds it, `hub`, or `any`."""
    its = sa.func.coalesce(sa.type_coerce(body.branch, sa.String), ANY)
    held_by_hub = sa.and_(Deadline.holder == Holder.HUB, Deadline.holder_body_id.is_(None))
    return sa.case((held_by_hub, HUB), else_=its)


def with_holder(alarms: sa.Select[Any], *also: Any) -> sa.Select[Any]:
    """Joined with the body that holds the clock; what a hub holds names no body, and is the hub's of the body meant."""
    by_hub = sa.case((Deadline.holder == Holder.HUB, Alarm.assignment_id)) == OWNER.id
    return (
        alarms.outerjoin(OWNER, by_hub)
        .outerjoin(SENT_TO, SENT_TO.id == OWNER.body_id)
        .outerjoin(HOLDER, HOLDER.id == sa.func.coalesce(Deadline.holder_body_id, SENT_TO.hub_id, *also))
    )


def with_both(alarms: sa.Select[Any]) -> sa.Select[Any]:
    """Alarms of clocks and of instructions, with their holders."""
    met = alarms.outerjoin(Deadline, Deadline.id == Alarm.deadline_id).outerjoin(Duty, Duty.id == Alarm.duty_id)
    return with_holder(met, Duty.body_id)
