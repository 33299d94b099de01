"""What is known of suggestions that go out in a ledger, read in pieces: as many statements for one as for hundreds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload, undefer

from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import ANSWERING, Assignment, Proposal
from tracker.enciphered import opened
from tracker.handling.clocks import REPLY_KINDS
from tracker.handling.models import Reply
from tracker.handling.queries import DELIVERED, readable
from tracker.ledgers.models import ImportedRow, LedgerImport
from tracker.ledgers.outcomes import AWAY
from tracker.roles import BODY, OFFICE
from tracker.stage import Visitor
from tracker.structure.models import Deputy, Meeting
from tracker.suggestion.models import Signature, Suggestion

PIECE = 500


@dataclass
class Line:
    """One suggestion with all a printed ledger may say of it.

    `printed` is what ledgers read in earlier say of it and no stage took over, by field and by heading: it is kept with
    the row, goes out again, and is the office's own to see.
    """

    place: int
    suggestion: Suggestion
    assignments: list[Assignment] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    due_on: date | None = None
    printed: dict[str, str] = field(default_factory=dict)

    @property
    def bodies(self) -> Sequence[Assignment | Proposal]:
        """Who has it now; before the hand-over, who is proposed."""
        return self.assignments or self.proposals


def lines(ids: Sequence[int], visitor: Visitor, *, with_texts: bool) -> Iterator[Line]:
    """The suggestions in this order; the caller has limited them to what the visitor may see."""
    for begin in range(0, len(ids), PIECE):
        piece = ids[begin : begin + PIECE]
        found = {one.id: Line(0, one) for one in _suggestions(piece, with_texts)}
        _add_bodies(found)
        _add_replies(found, visitor, with_texts)
        _add_days(found, visitor)
        if visitor.role in OFFICE:
            _add_printed(found)
        for place, number in enumerate(piece, start=begin + 1):
            found[number].place = place
            yield found[number]


def meetings_of(which: sa.ColumnElement[bool]) -> list[str]:
    """The meetings a list goes over, two at most."""
    wanted = sa.select(Suggestion.meeting_id).where(which)
    return list(db.session.scalars(sa.select(Meeting.name).where(Meeting.id.in_(wanted)).order_by(Meeting.id).limit(2)))


def _suggestions(ids: Sequence[int], with_texts: bool) -> Iterator[Suggestion]:
    wanted = sa.select(Suggestion).where(Suggestion.id.in_(ids)).options(
        joinedload(Suggestion.lead_deputy).joinedload(Deputy.delegation),
        joinedload(Suggestion.delegation),
        selectinload(Suggestion.signatures).joinedload(Signature.deputy),
    )  # fmt: skip
    yield from db.session.scalars(wanted.options(undefer(Suggestion.text)) if with_texts else wanted)


def _add_bodies(found: dict[int, Line]) -> None:
    for kind, held in ((Assignment, "assignments"), (Proposal, "proposals")):
        wanted: Any = sa.select(kind).where(kind.suggestion_id.in_(found)).options(joinedload(kind.body))
        if kind is Assignment:
            wanted = wanted.where(Assignment.standing.not_in(AWAY))
        for one in db.session.scalars(wanted.order_by(kind.id)):
            getattr(found[one.suggestion_id], held).append(one)


def _add_replies(found: dict[int, Line], visitor: Visitor, with_texts: bool) -> None:
    """The delivered replies of the latest round that has any."""
    wanted = (
        sa.select(Reply)
        .join(Reply.assignment)
        .where(Assignment.suggestion_id.in_(found), Assignment.standing.in_(DELIVERED), readable(visitor))
        .options(contains_eager(Reply.assignment).joinedload(Assignment.body), joinedload(Reply.publication))
        .order_by(Assignment.round.desc(), Reply.id)
    )
    for reply in db.session.scalars(wanted.options(undefer(Reply.text)) if with_texts else wanted):
        held = found[reply.assignment.suggestion_id].replies
        if not held or held[0].assignment.round == reply.assignment.round:
            held.append(reply)


def _add_days(found: dict[int, Line], visitor: Visitor) -> None:
    """The last day of the reply, of several the first; a body reads its own days only."""
    wanted = (
        sa.select(Assignment.suggestion_id, sa.func.min(Deadline.due_on))
        .join(Deadline, Deadline.assignment_id == Assignment.id)
        .where(Assignment.suggestion_id.in_(found), Assignment.part.in_(ANSWERING), Assignment.standing.not_in(AWAY))
        .where(Deadline.kind.in_(REPLY_KINDS), Deadline.voided_on.is_(None))
        .group_by(Assignment.suggestion_id)
    )
    if visitor.role in BODY:
        wanted = wanted.where(Assignment.body_id == visitor.body_id)
    for number, due_on in db.session.execute(wanted):
        found[number].due_on = due_on


def _add_printed(found: dict[int, Line]) -> None:
    """What ledgers said, a later one over an earlier one; nothing is said by an empty cell."""
    wanted = (
        sa.select(ImportedRow.id, ImportedRow.suggestion_id, ImportedRow.cells, LedgerImport.report["mapping"])
        .join(LedgerImport, LedgerImport.id == ImportedRow.import_id)
        .where(ImportedRow.suggestion_id.in_(found))
        .order_by(ImportedRow.id)
    )
    column: Any = ImportedRow.__table__.c["cells"]
    for row, number, cells, fields in db.session.execute(wanted):
        said = {heading: text for heading, text in opened(column, (row,), cells).items() if text}
        held = found[number].printed
        held |= {fields[heading]: text for heading, text in reversed(said.items()) if heading in fields}
        held |= said
