"""The body claimed more than the office found."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.deadlines.clauses import Outcome
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Reply
from tracker.handling.written import ClassChange
from tracker.signals.kind import REPLY, Asked, Facts, Row, SignalKind, told
from tracker.signals.replies import ANSWERED

BEST_FIRST = tuple(Outcome)


def found(asked: Asked) -> sa.Select[Any]:
    """Replies whose class the office changed: the body's own and what it is now."""
    first = _of_reply(sa.func.min)
    last = _of_reply(sa.func.max)
    body_s = sa.orm.aliased(ClassChange)
    office_s = sa.orm.aliased(ClassChange)
    facts = {
        "was": body_s.was_label,
        "label": Reply.class_label,
        "changed_on": office_s.on,
        "was_outcome": body_s.was_outcome,
        "outcome": Reply.outcome,
    }
    return (
        told(Reply.id, office_s.on, **facts)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(body_s, body_s.id == first)
        .join(office_s, office_s.id == last)
        .where(asked.covers(), Assignment.standing.in_(ANSWERED), Reply.class_label != body_s.was_label)
    )


def reads(row: Row, _asked: Asked) -> Facts | None:
    """A class changed to a better one, as where a body thought too little of its work, is no hint."""
    was, now = row.fact_was_outcome, row.fact_outcome
    if was is not None and now is not None and BEST_FIRST.index(now) < BEST_FIRST.index(was):
        return None
    return {}


def _of_reply(which: Any) -> Any:
    return sa.select(which(ClassChange.id)).where(ClassChange.reply_id == Reply.id).correlate(Reply).scalar_subquery()


SIGNAL = SignalKind(
    key="class_changed",
    name=N_("Class lowered by the office"),
    rule=N_("The office gave the reply another class than the body, and no better one."),
    evidence=N_("Class by the body: %(was)s; by the office on %(changed_on)s: %(label)s."),
    act=N_("See that what is left to do is promised with a day."),
    found=found,
    reads=reads,
    texts=("was_outcome", "outcome"),
    evidence_at=REPLY,
    act_at=REPLY,
)
