"""What people do on the ladder: a body is chased by hand; a pending case is marked, and unmarked."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.escalation import rules
from tracker.escalation.models import Chase, PendingCase
from tracker.handling.models import Manner
from tracker.structure.models import Body
from tracker.suggestion.actions import Step, follows, make
from tracker.suggestion.models import Suggestion


def chase(
    assignment: Assignment,
    manner: Manner | str,
    whom: str,
    said: str,
    *,
    by: Actor,
    on: date,
    promised: str = "",
    promised_on: date | None = None,
) -> Chase:
    """Somebody of the office or the hub pressed the body: by phone, letter or visit (催办).

    What was promised is kept as it was said, with its day; it moves no clock.

    :raises RuleBroken: nobody is named, nothing was said, it is a pending case, or a day is promised
        without saying for what or one that has passed.
    """
    rules.must_be_a_chase(whom, said, on=on, promised=promised, promised_on=promised_on)
    if assignment.pending_case:
        raise RuleBroken(N_("This is marked as a pending case: it is not chased."))
    made = Chase(
        assignment_id=assignment.id,
        on=on,
        manner=Manner(manner),
        whom=whom.strip(),
        said=said.strip(),
        promised=promised.strip(),
        promised_on=promised_on,
        by_name=by.name,
    )
    db.session.add(made)
    facts = {"manner": str(made.manner), "whom": made.whom}
    if promised_on:
        facts["promised_on"] = promised_on.isoformat()
    make("chase", assignment.suggestion, assignment, by=by, on=on, **facts)
    db.session.flush()
    return made


def mark_pending(assignment: Assignment, branch: str, reason: str, *, by: Actor, on: date) -> PendingCase:
    """An individual case still pending is nobody's to chase (a congress does not supervise single cases): from now on
    no step is raised and no draft waits.

    :raises RuleBroken: the body is no court, procuratorate or supervisory commission; no reason; marked already.
    """
    rules.must_be_markable(branch, reason)
    if assignment.pending_case:
        raise RuleBroken(N_("This is marked as a pending case already."))
    made = PendingCase(assignment_id=assignment.id, on=on, reason=reason.strip(), by_name=by.name)
    db.session.add(made)
    assignment.pending_case = True
    make("mark_pending", assignment.suggestion, assignment, by=by, on=on)
    db.session.flush()
    return made


@follows("assign")
def stay_unchased(suggestion: Suggestion, assignment: Assignment | None, step: Step, by: Actor) -> None:
    """A new round about a case that is still pending is nobody's to chase either: the mark goes on with its reason."""
    if assignment is None or assignment.round == 1:
        return
    marked = (
        sa.select(PendingCase.reason, Body.branch)
        .join(Assignment, Assignment.id == PendingCase.assignment_id)
        .join(Body, Body.id == Assignment.body_id)
        .where(
            Assignment.suggestion_id == suggestion.id,
            Assignment.body_id == assignment.body_id,
            Assignment.round == assignment.round - 1,
            PendingCase.ended_on.is_(None),
        )
    )
    if (before := db.session.execute(marked.order_by(PendingCase.id.desc()).limit(1)).one_or_none()) is not None:
        mark_pending(assignment, before.branch, before.reason, by=by, on=step.on)


def unmark_pending(assignment: Assignment, reason: str, *, by: Actor, on: date) -> None:
    """The case has ended, or was marked by mistake: it is chased again. The mark stays with both reasons.

    :raises RuleBroken: it is not marked, or no reason is given.
    """
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))
    if not assignment.pending_case:
        raise RuleBroken(N_("This is not marked as a pending case."))
    marks = sa.select(PendingCase).where(PendingCase.assignment_id == assignment.id, PendingCase.ended_on.is_(None))
    for mark in db.session.scalars(marks):
        mark.ended_on, mark.end_reason, mark.ended_by = on, reason.strip(), by.name
    assignment.pending_case = False
    make("unmark_pending", assignment.suggestion, assignment, by=by, on=on)
    db.session.flush()
