"""What a meeting already holds, read in bulk; each suggestion is claimed by at most one row of a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.dispatch.models import Assignment, Part, Proposal
from tracker.entities import Cells, bind, read
from tracker.handling.models import Reply
from tracker.ledgers.facts import LedgerRow
from tracker.ledgers.known import plain
from tracker.ledgers.models import ImportedRow
from tracker.structure.models import Body, Meeting
from tracker.suggestion.models import Signature, Suggestion

_AT_ONCE = 500
HELD = Cells(Assignment, Body)


def name_of(row: LedgerRow) -> str:
    """What tells a row without a number from the others: title and lead deputy, as the ledger prints them."""
    return identity(row.title, row.lead_deputy)


def identity(title: str, lead: str) -> str:
    return f"{plain(title)[:300]}/{plain(lead)[:60]}"


class Existing:
    """The suggestions of a meeting by number and by title with deputy, and what hangs on them."""

    def __init__(self, meeting: Meeting) -> None:
        wanted = (
            sa.select(Suggestion)
            .where(Suggestion.meeting_id == meeting.id)
            .options(joinedload(Suggestion.lead_deputy), joinedload(Suggestion.meeting))
            .order_by(Suggestion.id)
        )
        found = list(db.session.scalars(wanted))
        mine = Suggestion.meeting_id == meeting.id
        self.by_number = {one.number_key: one for one in found if one.number_key}
        self.with_text = set(db.session.scalars(sa.select(Suggestion.id).where(mine, Suggestion.text != "")))
        self.signed = set(db.session.scalars(sa.select(Signature.suggestion_id).join(Signature.suggestion).where(mine)))
        self.by_name: dict[str, list[Suggestion]] = {}
        self.from_ledgers: set[int] = set()
        self.claimed: set[int] = set()
        self._name(found)
        self.proposals: dict[int, dict[int, Part]] = {}
        proposed = sa.select(Proposal).join(Suggestion, Suggestion.id == Proposal.suggestion_id).where(mine)
        for proposal in db.session.scalars(proposed):
            self.proposals.setdefault(proposal.suggestion_id, {})[proposal.body_id] = proposal.part
        self.assignments: dict[int, list[Assignment]] = {}
        self.replies: dict[int, Reply] = {}
        self.load(one.id for one in found)

    def _name(self, found: list[Suggestion]) -> None:
        """By what they are called here, and by what earlier ledgers called them (a deputy may not be known here)."""
        of = {one.id: one for one in found}
        named = [(identity(one.title, one.lead_deputy.name if one.lead_deputy else ""), one.id) for one in found]
        ids = list(of)
        for start in range(0, len(ids), _AT_ONCE):
            rows = sa.select(ImportedRow.known_by, ImportedRow.suggestion_id).where(
                ImportedRow.suggestion_id.in_(ids[start : start + _AT_ONCE])
            )
            for known_by, number in db.session.execute(rows):
                self.from_ledgers.add(number)
                named.append((known_by, number))
        for name, number in dict.fromkeys(named):
            self.by_name.setdefault(name, []).append(of[number])

    def load(self, suggestion_ids: Iterable[int]) -> None:
        """Read the assignments and replies of these suggestions (anew)."""
        ids = list(suggestion_ids)
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            self.assignments |= {number: [] for number in part}
            for assignment, body in read(HELD, _held(), {"ids": part}):
                bind(assignment, body=body, suggestion=db.session.get_one(Suggestion, assignment.suggestion_id))
                self.assignments[assignment.suggestion_id].append(assignment)
            answered = sa.select(Reply).join(Reply.assignment).where(Assignment.suggestion_id.in_(part))
            for reply in db.session.scalars(answered.options(joinedload(Reply.assignment))):
                self.replies[reply.assignment_id] = reply

    def claim(self, row: LedgerRow) -> Suggestion | None:
        """The suggestion a row speaks of: by its number, else by title and lead deputy."""
        found = self.by_number.get(row.number_key) if row.number_key else None
        if found is None and (row.title or row.lead_deputy):
            free = (one for one in self.by_name.get(name_of(row), []) if one.id not in self.claimed)
            found = next((one for one in free if not (row.number_key and one.number_key)), None)
        if found is None or found.id in self.claimed:
            return None
        self.claimed.add(found.id)
        return found


@cache
def _held() -> sa.Select[Any]:
    these = Assignment.suggestion_id.in_(sa.bindparam("ids", type_=sa.Integer, expanding=True))
    return sa.select(*HELD.columns).join(Assignment.body).where(these).order_by(Assignment.id)
