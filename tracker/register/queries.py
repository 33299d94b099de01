"""The register's suggestions as they leave it, whole and in pieces, and what one suggestion's page asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from tracker.database import db
from tracker.deadlines.lamps import Lamp, Lamps, answered, not_rated
from tracker.deadlines.models import Deadline
from tracker.dispatch import queries as dispatch
from tracker.dispatch.models import Assignment, Part
from tracker.feedback.rates import let_pass
from tracker.intake import queries as intake
from tracker.intake.models import Attachment, AttachmentKind
from tracker.register.asked import first_clocks, owed
from tracker.register.words import NO_LONGER
from tracker.stage import Visitor
from tracker.structure.models import Body, Deputy
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion

CHUNK = 500


@dataclass
class Row:
    """One line of the register: the suggestion, who answers, who helps, and how the most urgent reply stands."""

    suggestion: Suggestion
    bodies: list[Body] = field(default_factory=list)
    co_bodies: list[Body] = field(default_factory=list)
    lamp: Lamp | None = None


def count(which: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Suggestion).where(which)) or 0


def every(visitor: Visitor, which: sa.ColumnElement[bool], lamps: Lamps, *, sort: str) -> Iterator[Row]:
    """All rows of the list, read in pieces, so that a download of many needs little memory."""
    wanted = ids(visitor, which, sort=sort)
    for begin in range(0, len(wanted), CHUNK):
        piece = wanted[begin : begin + CHUNK]
        read = sa.select(Suggestion).where(Suggestion.id.in_(piece)).options(*_SHOWN, joinedload(Suggestion.meeting))
        by_id = {one.id: one for one in db.session.scalars(read)}
        yield from rows_of([by_id[one] for one in piece], visitor, lamps)


def ids(visitor: Visitor, which: sa.ColumnElement[bool], *, sort: str) -> list[int]:
    """The suggestions of the whole list in its order, as their ids."""
    if sort == "due":
        first = first_clocks(visitor).subquery()
        wanted = (
            sa.select(Suggestion.id)
            .outerjoin(first, first.c.suggestion_id == Suggestion.id)
            .where(which)
            .order_by(first.c.due_on.is_(None), first.c.due_on, first.c.deadline_id, Suggestion.id.desc())
        )
    else:
        wanted = sa.select(Suggestion.id).where(which).order_by(*ORDERS[sort])
    return list(db.session.scalars(wanted))


def rows_of(suggestions: Sequence[Suggestion], visitor: Visitor, lamps: Lamps) -> list[Row]:
    """The suggestions with their bodies and lamps: two statements for all of them."""
    rows = {one.id: Row(one) for one in suggestions}
    if not rows:
        return []
    for assignment in _assignments(list(rows)):
        row = rows[assignment.suggestion_id]
        (row.co_bodies if assignment.part is Part.CO else row.bodies).append(assignment.body)
    for suggestion_id, deadline in _running(list(rows), visitor):
        row = rows[suggestion_id]
        if row.lamp is None:  # the most urgent comes first
            row.lamp = lamps.lamp(deadline, dissatisfied=row.suggestion.round - 1)
    waiting = [one for one, row in rows.items() if row.lamp is None and row.suggestion.stage is Stage.ANSWERED]
    in_vain = let_pass(waiting, lamps.today) if waiting else set()
    for one in waiting:
        rows[one].lamp = not_rated() if one in in_vain else answered()
    return list(rows.values())


def assignments_of(suggestion: Suggestion) -> list[Assignment]:
    """All assignments with body and receipt, in one statement; put on the suggestion, so that no panel need ask."""
    found = dispatch.assignments_of(suggestion.id)
    set_committed_value(suggestion, "assignments", found)
    return found


def attachments_of(suggestion: Suggestion) -> list[Attachment]:
    """The files handed in with the suggestion (its signed form is the office's, and shown by intake)."""
    return [one for one in intake.attachments_of(suggestion.id) if one.kind is AttachmentKind.HANDED_IN]


_SHOWN = (joinedload(Suggestion.lead_deputy).joinedload(Deputy.delegation), joinedload(Suggestion.delegation))
ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (Suggestion.recorded_on.desc(), Suggestion.id.desc()),
    "number": (
        Suggestion.meeting_id.desc(),
        Suggestion.number_key.is_(None),  # the engines do not agree where NULL stands
        sa.func.length(Suggestion.number_key),
        Suggestion.number_key,
        Suggestion.id,
    ),
    "stage": (Suggestion.stage, Suggestion.recorded_on.desc(), Suggestion.id.desc()),
}


def _assignments(ids: list[int]) -> list[Assignment]:
    """Who has it now, the lead first."""
    wanted = (
        sa.select(Assignment)
        .where(Assignment.suggestion_id.in_(ids), Assignment.standing.not_in(NO_LONGER))
        .options(joinedload(Assignment.body))
        .order_by(Assignment.suggestion_id, Assignment.id)
    )
    return list(db.session.scalars(wanted))


def _running(ids: list[int], visitor: Visitor) -> Iterable[tuple[int, Deadline]]:
    wanted = (
        sa.select(Assignment.suggestion_id, Deadline)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .where(Assignment.suggestion_id.in_(ids), *owed(visitor, Deadline, Assignment))
        .order_by(Deadline.due_on, Deadline.id)
    )
    return [(suggestion_id, deadline) for suggestion_id, deadline in db.session.execute(wanted)]
