"""The clocks the handling meets and starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline, Holder
from tracker.deadlines.starting import Starting
from tracker.dispatch import actions as dispatch
from tracker.dispatch.clocks import Law
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.handling.models import Reply
from tracker.suggestion.journey import Standing

REPLY_KINDS = (Kind.REPLY, Kind.REHANDLE)
ANSWER_KINDS = (*REPLY_KINDS, Kind.CO_OPINION)


def begin(
    kind: Kind,
    law: Law,
    assignment: Assignment,
    *,
    on: date,
    holder: Holder,
    fixed_on: date | None = None,
    together: Starting | None = None,
    body_id: int | None = None,
    **target: Any,
) -> None:
    """Start a clock of a reply or a promise under the suggestion's own law; `together` with others. It runs at the
    body of the assignment, or at the one that is named.
    """
    start: Callable[..., Any] = together.start if together is not None else clocks.start
    start(
        kind,
        on=on,
        rules=law.row,
        congress_id=assignment.congress_id,
        holder=holder,
        holder_body_id=(body_id or assignment.body_id) if holder is Holder.BODY else None,
        fixed_on=fixed_on,
        calendar=law.calendar,
        **target,
    )


def reply_clock(assignment: Assignment) -> Deadline:
    """The clock of the reply that runs now.

    :raises RuleBroken: none runs; a reply has come, or the body answers nobody.
    """
    for kind in REPLY_KINDS:
        for running in deadlines.open_for(kind=kind, assignment_id=assignment.id):
            return running
    raise RuleBroken(N_("No reply clock is running here."))


def last_day(assignment: Assignment) -> date | None:
    """By when a body must answer; None where no such clock runs."""
    running = [one.due_on for one in deadlines.open_for(assignment_id=assignment.id) if one.kind in REPLY_KINDS]
    return min(running, default=None)


def may_be_extended(running: Deadline, law: Law) -> bool:
    """The rules speak of more time for the first reply only; handled again, or where they are silent, there is none."""
    return running.kind is Kind.REPLY and law.rules.clause(Kind.REPLY_EXTENDED) is not None


def meet(assignment: Assignment, kinds: Sequence[Kind], on: date) -> None:
    """What these clocks of the assignment waited for happened."""
    meet_running(deadlines.open_for(assignment_id=assignment.id), kinds, on)


def meet_running(running: Iterable[Deadline], kinds: Sequence[Kind], on: date) -> None:
    """The same for clocks read before: an act that reads first writes all of its rows at once."""
    for one in running:
        if one.kind in kinds:
            clocks.meet(one, on=on)


def void_of_reply(assignment: Assignment, *, on: date, reason: str, kind: Kind | None = None) -> None:
    """What waited for the reply of this assignment no longer holds: every clock of it, or those of one kind."""
    for reply_id in db.session.scalars(sa.select(Reply.id).where(Reply.assignment_id == assignment.id)).all():
        for running in deadlines.open_for(kind=kind, reply_id=reply_id):
            clocks.void(running, on=on, reason=reason)


def receive_silently(assignment: Assignment, by: Actor, on: date) -> None:
    """Who answers has received: an assignment never signed for is signed for by the act itself."""
    if assignment.standing is Standing.ASSIGNED:
        dispatch.sign_for(assignment, by=by, on=on)
        db.session.flush()
