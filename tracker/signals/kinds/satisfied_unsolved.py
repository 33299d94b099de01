"""The deputy is satisfied with a result that is none (被满意)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.clauses import Kind, Outcome
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback.models import Rating, RatingChannel, Verdict
from tracker.feedback.versions import LATEST
from tracker.followup.models import Fate, PromiseReport
from tracker.handling.models import Promise, Reply
from tracker.signals.kind import ITEM, About, Asked, SignalKind, told
from tracker.signals.ratings import RATED

NOTHING = (Outcome.NOT_NOW, Outcome.NOT_FEASIBLE, Outcome.REFERENCE_ONLY)


def found(asked: Asked) -> sa.Select[Any]:
    """Results called satisfactory, “mostly” not counted, where the reply does nothing or its promise was not kept."""
    does_nothing = Reply.outcome.in_(NOTHING)
    late = sa.select(Deadline.id).join(Promise, Promise.id == Deadline.promise_id)
    late = late.where(Promise.reply_id == Reply.id, Deadline.kind == Kind.PROMISE, IS_OPEN, Deadline.due_on < asked.on)
    why = sa.case((does_nothing, "nothing"), (late.exists(), "overdue"), else_="broken")
    return (
        told(Rating.id, Rating.on, on=Rating.on, label=Reply.class_label, why=why)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(Rating, Rating.reply_id == Reply.id)
        .where(asked.covers(), Assignment.standing.in_(RATED), LATEST, Rating.channel != RatingChannel.LEDGER)
        .where(Rating.result == Verdict.SATISFIED, sa.or_(does_nothing, late.exists(), _broken().exists()))
    )


def _broken() -> sa.Select[Any]:
    """Promises of the reply last reported broken."""
    later = aliased(PromiseReport)
    newer = sa.select(later.id).where(later.promise_id == PromiseReport.promise_id, later.id > PromiseReport.id)
    said = sa.select(PromiseReport.id).join(Promise, Promise.id == PromiseReport.promise_id)
    return said.where(Promise.reply_id == Reply.id, PromiseReport.fate == Fate.BROKEN, ~newer.exists())


SIGNAL = SignalKind(
    key="satisfied_unsolved",
    name=N_("Satisfied though nothing is solved"),
    rule=N_("The result is rated satisfactory, though the reply does nothing or its promise is overdue or broken."),
    evidence=N_("Rated satisfactory on %(on)s; class %(label)s; %(why)s."),
    act=N_("Ask the deputy himself, without the body."),
    found=found,
    about=About.RATING,
    evidence_at=ITEM,
    act_at=ITEM,
    words={
        "why": {
            "nothing": N_("the reply says that nothing will be done"),
            "overdue": N_("a promise of it is overdue"),
            "broken": N_("a promise of it was broken"),
        }
    },
)
