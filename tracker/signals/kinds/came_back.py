"""What was answered as solved was raised again afterwards."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.deadlines.clauses import Outcome
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Reply
from tracker.intake.models import SameMatter
from tracker.signals.kind import ITEM, WATCHED, Asked, SignalKind, told
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion

STANDING = (Standing.DELIVERED, Standing.RATED)
_Again = aliased(Suggestion)


def found(asked: Asked) -> sa.Select[Any]:
    """Delivered replies of the class solved, with the first suggestion of the same matter recorded after them.

    The link is somebody's word; what was withdrawn or made a letter raises nothing again. The body need not see the
    other suggestion: it is named where both are linked.
    """
    answered_on = sa.func.coalesce(Reply.letter_on, Reply.submitted_on)
    other_id = sa.case((SameMatter.one_id == Suggestion.id, SameMatter.other_id), else_=SameMatter.one_id)
    touches = sa.or_(SameMatter.one_id == Suggestion.id, SameMatter.other_id == Suggestion.id)
    facts = {"answered_on": answered_on, "again_on": _Again.recorded_on}
    return (
        told(Reply.id, _Again.recorded_on, **facts)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(SameMatter, sa.and_(touches, SameMatter.undone_on.is_(None)))
        .join(_Again, _Again.id == other_id)
        .where(asked.covers(), Assignment.standing.in_(STANDING), Reply.outcome == Outcome.SOLVED)
        .where(_Again.recorded_on > answered_on, _Again.stage.in_((*WATCHED, Stage.MERGED)))
        .order_by(_Again.recorded_on, _Again.id)
    )


SIGNAL = SignalKind(
    key="came_back",
    name=N_("Solved, and raised again"),
    rule=N_("What the reply calls solved was raised again afterwards, as the same matter."),
    evidence=N_("Answered as solved on %(answered_on)s; raised again on %(again_on)s."),
    act=N_("Compare the new suggestion with the old answer, and say so to the body that gets it."),
    found=found,
    evidence_at=ITEM,
    act_at=ITEM,
)
