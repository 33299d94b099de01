"""The lead's letter does not name a co-handler that gave its opinion."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.dispatch.models import Assignment, Part
from tracker.errors import N_
from tracker.handling.models import CoOpinion, Reply
from tracker.handling.named import unnamed
from tracker.signals.kind import REPLY, Asked, Facts, Row, SignalKind
from tracker.signals.replies import submitted
from tracker.structure.models import Body
from tracker.suggestion.journey import Standing

FIELD, ROW = "\x1e", "\x1f"
_Theirs = aliased(Assignment)


def found(asked: Asked) -> sa.Select[Any]:
    """Replies of leads with the names of the co-handlers whose opinion was there when they were submitted."""
    in_time = sa.select(CoOpinion.id).where(
        CoOpinion.assignment_id == _Theirs.id, CoOpinion.bounced_on.is_(None), CoOpinion.on <= Reply.submitted_on
    )
    names = Body.name + FIELD + Body.short_name + FIELD + Body.former_names
    helpers = (
        sa.select(sa.func.aggregate_strings(names, ROW))
        .select_from(_Theirs)
        .join(Body, Body.id == _Theirs.body_id)
        .where(_Theirs.suggestion_id == Assignment.suggestion_id, _Theirs.round == Assignment.round)
        .where(_Theirs.part == Part.CO, _Theirs.standing == Standing.OPINION_GIVEN)
        .where(in_time.correlate(_Theirs, Reply).exists())
        .correlate(Assignment, Reply)
        .scalar_subquery()
    )
    return submitted(asked, text=Reply.text, helpers=helpers).where(Assignment.part.in_((Part.LEAD, Part.JOINT)))


def reads(row: Row, _asked: Asked) -> Facts | None:
    """Those whose name, in whatever form, does not stand in the letter."""
    if not row.fact_helpers:
        return None
    bodies = {}
    for one in sorted(row.fact_helpers.split(ROW)):
        name, brief, former = one.split(FIELD)
        bodies[name] = [brief, *former.split("、")]
    missing = unnamed(row.fact_text, bodies)
    return {"names": "、".join(missing)} if missing else None


SIGNAL = SignalKind(
    key="co_handler_unnamed",
    name=N_("Co-handler not named"),
    rule=N_("A co-handler gave its opinion in time, and the lead's letter does not name it."),
    evidence=N_("Not named in the letter: %(names)s."),
    act=N_("Ask the lead what became of that opinion."),
    found=found,
    reads=reads,
    texts=("text", "helpers"),
    evidence_at=REPLY,
    act_at=REPLY,
)
