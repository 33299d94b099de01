"""What a leader instructs (批示) on the matter a body works on, beside its assignment: read and answered there."""

from __future__ import annotations

from datetime import date

from tracker.dispatch.models import Assignment
from tracker.stage import Panel, Visitor
from tracker.supervision import queries
from tracker.supervision.rules import HOW, HOW_LOOKS, how


def beside(assignment: Assignment, visitor: Visitor, today: date) -> Panel | None:
    """The instructions to this body about this suggestion, with what was answered and who may still answer."""
    rows = [
        (one, how(one.due_on, one.answered_on, today), queries.may_answer(one, visitor))
        for one in queries.duties_of(assignment.suggestion_id, visitor)
        if one.assignment_id == assignment.id
    ]
    words = {"how_names": HOW, "how_looks": HOW_LOOKS}
    return Panel("supervision/_beside.html", {"instructed": rows, **words}) if rows else None
