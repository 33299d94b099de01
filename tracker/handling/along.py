"""What the body's page shows along the way: progress, records of contacts, who stands in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Contact, CoOpinion, Extension, Reply
from tracker.handling.written import ProgressNote
from tracker.structure.absence import is_absent
from tracker.structure.models import Officer
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.queries import THIS


class When(StrEnum):
    """When in the handling a deputy was spoken to (办前, 办中, 办后)."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


WHENS = {
    When.BEFORE: N_("before the handling"),
    When.DURING: N_("during the handling"),
    When.AFTER: N_("after the reply"),
}


@dataclass(frozen=True)
class Told:
    """A contact with when it was."""

    contact: Contact
    when: When


def when_was(on: date, *, received_on: date | None, answered_on: date | None) -> When:
    """Up to the day the body signed for it is before, from the day it answered on is after, between them during."""
    if answered_on is not None and on >= answered_on:
        return When.AFTER
    return When.BEFORE if received_on is None or on <= received_on else When.DURING


def contacts_told(assignment: Assignment, contacts: list[Contact], reply: Reply | None) -> list[Told]:
    """The contacts of one assignment, each with when it was."""
    received_on = assignment.receipt.on if assignment.receipt else None
    answered_on = reply.submitted_on if reply else None
    return [Told(one, when_was(one.on, received_on=received_on, answered_on=answered_on)) for one in contacts]


def progress_of(assignment_ids: list[int]) -> list[ProgressNote]:
    """What was noted on some assignments, the newest first."""
    wanted = sa.select(ProgressNote).where(ProgressNote.assignment_id.in_(assignment_ids))
    return list(db.session.scalars(wanted.order_by(ProgressNote.on.desc(), ProgressNote.id.desc())))


def away(body_id: int, today: date) -> list[Officer]:
    """Who of the body is absent today, with who stands in."""
    wanted = (
        sa.select(Officer)
        .where(Officer.body_id == body_id, Officer.active.is_(True), is_absent(today))
        .options(joinedload(Officer.substitute))
        .order_by(Officer.id)
    )
    return list(db.session.scalars(wanted))


def contacted(_who: Anyone) -> sa.Select[Any]:
    return _noted(Contact)


def opined(_who: Anyone) -> sa.Select[Any]:
    return _noted(CoOpinion)


def extended(_who: Anyone) -> sa.Select[Any]:
    return _noted(Extension)


def answered(_who: Anyone) -> sa.Select[Any]:
    return _noted(Reply)


def told_of_progress(_who: Anyone) -> sa.Select[Any]:
    return _noted(ProgressNote)


def _noted(kind: Any) -> sa.Select[Any]:
    """What the bodies of this suggestion noted of one kind: most have nothing of it."""
    own = Assignment.suggestion_id == THIS
    return sa.select(kind.id).join(Assignment, Assignment.id == kind.assignment_id).where(own)
