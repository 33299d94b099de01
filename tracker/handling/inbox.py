"""The body's inbox: its assignments, the most urgent first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from tracker.database import db
from tracker.deadlines.lamps import Lamp, Lamps
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.clocks import ANSWER_KINDS
from tracker.handling.queries import OWED
from tracker.stage import Visitor
from tracker.structure.succession import and_before
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE, scope


class Show(StrEnum):
    """What of the inbox is shown."""

    OPEN = "open"
    ANSWERED = "answered"
    ALL = "all"


SHOWN = {Show.OPEN: N_("still to do"), Show.ANSWERED: N_("answered"), Show.ALL: N_("all")}
ANSWERED = (Standing.SUBMITTED, Standing.OPINION_GIVEN, Standing.DELIVERED, Standing.RATED, Standing.HANDLED_AGAIN)


@dataclass(frozen=True)
class Row:
    """One line: what was given, and the clock of its own answer."""

    assignment: Assignment
    deadline: Deadline | None
    lamp: Lamp | None


def which(visitor: Visitor, show: Show) -> sa.ColumnElement[bool]:
    """The body's own assignments that are meant."""
    own = sa.and_(
        Assignment.congress_id == visitor.congress_id,
        Assignment.body_id.in_(and_before(visitor.body_id)),
        Assignment.standing.not_in(GONE),
        scope(visitor),
    )
    if show is Show.OPEN:
        return sa.and_(own, Assignment.standing.in_(OWED))
    return sa.and_(own, Assignment.standing.in_(ANSWERED)) if show is Show.ANSWERED else own


def count(visitor: Visitor, show: Show) -> int:
    wanted = sa.select(sa.func.count(Assignment.id)).join(Assignment.suggestion).where(which(visitor, show))
    return db.session.scalar(wanted) or 0


def listed(visitor: Visitor, show: Show, shining: Lamps, *, offset: int = 0, limit: int | None = None) -> Iterator[Row]:
    """The lines in one statement: what runs by its last day, then what is answered, newest first."""
    wanted = (
        sa.select(Assignment, Deadline)
        .join(Assignment.suggestion)
        .outerjoin(
            Deadline,
            sa.and_(
                Deadline.assignment_id == Assignment.id,
                Deadline.kind.in_(ANSWER_KINDS),
                Deadline.voided_on.is_(None),
            ),
        )
        .where(which(visitor, show))
        .options(contains_eager(Assignment.suggestion).joinedload(Suggestion.lead_deputy))
        .order_by(*_most_urgent_first())
        .offset(offset)
        .limit(limit)
    )
    for assignment, deadline in db.session.execute(wanted):
        yield Row(assignment, deadline, shining.of(deadline, dissatisfied=assignment.round - 1))


def _most_urgent_first() -> tuple[Any, ...]:
    runs = sa.case((sa.and_(Deadline.id.is_not(None), Deadline.met_on.is_(None)), 0), else_=1)
    last_day = sa.case((Deadline.met_on.is_(None), Deadline.due_on))
    return runs, last_day, Deadline.met_on.is_(None), Deadline.met_on.desc(), Assignment.id.desc()
