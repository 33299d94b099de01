"""A co-handler did not give its opinion in time; that the lead is late meanwhile is shown here, not on the lead."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.clauses import REPLIES, Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import ANSWERING, Assignment, Part
from tracker.errors import N_
from tracker.signals.kind import Asked, SignalKind, told
from tracker.suggestion.journey import LIVE, Standing


def found(asked: Asked) -> sa.Select[Any]:
    """Co-handlers whose last day has passed, and those the lead answered without after that day."""
    silent = sa.and_(Assignment.standing.in_(LIVE), IS_OPEN, Deadline.due_on < asked.on)
    unheard = sa.and_(Assignment.standing == Standing.UNHEARD, Deadline.due_on < Deadline.voided_on)
    return (
        told(Assignment.id, Deadline.due_on, due_on=Deadline.due_on, lead=_lead(asked))
        .join(Deadline, sa.and_(Deadline.assignment_id == Assignment.id, Deadline.kind == Kind.CO_OPINION))
        .where(asked.covers(), Assignment.part == Part.CO, Assignment.pending_case.is_(False))
        .where(sa.or_(silent, unheard))
    )


def _lead(asked: Asked) -> sa.ColumnElement[str]:
    """Whether a body that answers in this round is late, or was."""
    lead, clock = aliased(Assignment), aliased(Deadline)
    late = sa.select(clock.id).join(lead, lead.id == clock.assignment_id)
    late = late.where(
        lead.suggestion_id == Assignment.suggestion_id,
        lead.round == Assignment.round,
        lead.part.in_(ANSWERING),
        clock.kind.in_(REPLIES),
        clock.voided_on.is_(None),
        clock.due_on < sa.func.coalesce(clock.met_on, sa.literal(asked.on, sa.Date)),
    )
    return sa.case((late.exists(), "late"), else_="in_time")


SIGNAL = SignalKind(
    key="co_handler_silent",
    name=N_("Co-handler silent"),
    rule=N_("A co-handler let its last day pass without giving its opinion."),
    evidence=N_("Opinion due on %(due_on)s, not given; %(lead)s."),
    act=N_("Press the co-handler, not the lead."),
    found=found,
    words={"lead": {"late": N_("the lead is late meanwhile"), "in_time": N_("the lead is not late")}},
)
