"""What waits at intake, and the files handed in, limited to who is asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, undefer

from tracker.database import columns, db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.errors import NotFound
from tracker.files.models import File
from tracker.intake.models import Attachment, AttachmentKind, OffLine, Sheet
from tracker.roles import OFFICE
from tracker.stage import Visitor
from tracker.structure.models import Deputy, Meeting
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Signature, Suggestion
from tracker.suggestion.queries import THIS, scope, visible_to


def attachments_of(suggestion_id: int) -> list[Attachment]:
    """The files handed in with a suggestion, oldest first."""
    if is_empty(attached, suggestion_id=suggestion_id):
        return []
    return list(db.session.scalars(_attachments(), {"suggestion_id": suggestion_id}))


def attached(_who: Anyone) -> sa.Select[Any]:
    """The files of a suggestion, as rows."""
    return sa.select(Attachment.id).where(Attachment.suggestion_id == THIS)


@cache
def _attachments() -> sa.Select[Any]:
    return (
        sa.select(Attachment)
        .where(Attachment.suggestion_id == THIS)
        .options(joinedload(Attachment.file))
        .order_by(Attachment.id)
    )


def sheet_of(suggestion_id: int) -> Sheet | None:
    """What the printed form says beyond what every list needs, if it says more."""
    if is_empty(has_sheet, suggestion_id=suggestion_id):
        return None
    return db.session.get(Sheet, suggestion_id)


def has_sheet(_who: Anyone) -> sa.Select[Any]:
    """Whether the printed form says more."""
    return sa.select(Sheet.suggestion_id).where(Sheet.suggestion_id == THIS)


def get_attached_file(attachment_id: int, visitor: Visitor) -> File:
    """The file of an attachment, if its suggestion is this visitor's to see; signed forms are the office's.

    :raises NotFound: there is none, or it is not his to see.
    """
    wanted = (
        sa.select(File)
        .join(Attachment, Attachment.file_id == File.id)
        .join(Suggestion, Suggestion.id == Attachment.suggestion_id)
        .where(Attachment.id == attachment_id, scope(visitor))
    )
    if visitor.role not in OFFICE:
        wanted = wanted.where(Attachment.kind != AttachmentKind.SIGNED_FORM)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def get_to_amend(suggestion_id: int, visitor: Visitor) -> Suggestion:
    """A suggestion with all that its form shows.

    :raises NotFound: there is none, or it is not this visitor's to see.
    """
    wanted = visible_to(visitor).where(Suggestion.id == suggestion_id).options(undefer(Suggestion.text))
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def co_signer_ids(suggestion_id: int) -> list[int]:
    wanted = sa.select(Signature.deputy_id).where(Signature.suggestion_id == suggestion_id).order_by(Signature.place)
    return list(db.session.scalars(wanted))


def deputy_names(deputy_ids: list[int]) -> list[tuple[int, str]]:
    """Deputies by number, also those whose mandate has ended."""
    wanted = sa.select(Deputy.id, Deputy.name).where(Deputy.id.in_(deputy_ids)).order_by(Deputy.id)
    return [(row[0], row[1]) for row in db.session.execute(wanted)] if deputy_ids else []


def categories_used(congress_id: int) -> list[str]:
    """The subjects this congress has used so far."""
    wanted = sa.select(Suggestion.category).where(Suggestion.congress_id == congress_id, Suggestion.category != "")
    return list(db.session.scalars(wanted.distinct().order_by(Suggestion.category)))


@dataclass(frozen=True)
class Backlog:
    """A stage of intake in which something waits: how many, and those that wait longest with their clocks."""

    count: int
    first: list[Any]  # rows: id, number, title, recorded_on, due_on


def backlog(visitor: Visitor, stage: Stage) -> Backlog:
    """What stands at this stage of intake; one statement whatever the number."""
    return backlogs(visitor, _at(stage))[""]


@cache
def _at(stage: Stage) -> Which:
    return lambda _who: {"": Suggestion.stage == stage}


Which = Callable[[Anyone], Mapping[str, sa.ColumnElement[bool]]]


def backlogs(visitor: Visitor, which: Which, limit: int = 5) -> dict[str, Backlog]:
    """What waits under each name, with its clock of the hand-over; one statement whatever the names and numbers.

    `which` is a function of a module: what it says is written once for each kind of visitor.
    """
    who = anyone(visitor)
    if is_empty(which):
        return {name: Backlog(0, []) for name in which(who)}
    rows = columns(_backlogs(who, which), {**numbers(visitor), "limit": limit}).all()
    counts = {row.name: row.how_many for row in rows}
    return {name: Backlog(counts.get(name, 0), [row for row in rows if row.name == name]) for name in which(who)}


@cache
def _backlogs(who: Anyone, which: Which) -> sa.Select[Any]:
    clock = sa.and_(Deadline.suggestion_id == Suggestion.id, Deadline.kind == Kind.HAND_OVER, IS_OPEN)
    order = (Deadline.due_on.is_(None), Deadline.due_on, Suggestion.id)
    parts = [
        sa.select(
            sa.literal(name).label("name"),
            Suggestion.id.label("suggestion_id"),
            Deadline.due_on.label("due_on"),
            sa.func.count().over().label("how_many"),
            sa.func.row_number().over(order_by=order).label("place"),
        )
        .outerjoin(Deadline, clock)
        .where(scope(who), condition)
        for name, condition in which(who).items()
    ]
    found = sa.union_all(*parts).subquery()
    shown = (Suggestion.id, Suggestion.number, Suggestion.title, Suggestion.recorded_on)
    return (
        sa.select(found.c.name, *shown, found.c.due_on, found.c.how_many)
        .join(Suggestion, Suggestion.id == found.c.suggestion_id)
        .where(found.c.place <= sa.bindparam("limit", type_=sa.Integer))
        .order_by(found.c.name, found.c.place)
    )


def off_line_counts(congress_id: int) -> list[tuple[Meeting, int, date]]:
    """Of each meeting how many secret suggestions are handled off-line, and when the last was noted."""
    wanted = (
        sa.select(Meeting, sa.func.count(OffLine.id), sa.func.max(OffLine.noted_on))
        .join(OffLine, OffLine.meeting_id == Meeting.id)
        .where(Meeting.congress_id == congress_id)
        .group_by(Meeting.id)
        .order_by(Meeting.year.desc(), Meeting.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(wanted)]
