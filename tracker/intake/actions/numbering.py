"""The number of a suggestion: as written, or the next of its meeting, gap-free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import count as count_from
from itertools import islice
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.intake import rules
from tracker.structure.models import Meeting, Term
from tracker.suggestion.models import Suggestion


def numbered(meeting: Meeting, number: str | None, key: str | None) -> tuple[str, str]:
    """The number as written and its key; the next one of the meeting where none is given.

    Two clerks at once: the meeting's row is held from here to the end of the transaction, so a number is given once,
    a typed one is refused to the second of two, and what is undone leaves no gap.
    """
    if number:
        key = key or rules.number_key(number)
        db.session.execute(sa.select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
        if is_taken(meeting.id, key):
            raise RuleBroken(N_("The number %(number)s is taken in this meeting."), number=number)
        return number, key
    n, pattern = db.session.execute(_last_becomes(meeting, Meeting.last_number + 1)).one()
    written = rules.written_number(pattern, meeting.year, n, term=term_of(meeting), session=meeting.ordinal)
    if is_taken(meeting.id, rules.number_key(written)):
        # A ledger or clerks brought numbers in. They are passed over at one look: one by one, the first suggestion
        # recorded after a ledger of ten thousand kept everybody waiting for half a minute.
        n, written = next(_free(meeting, pattern, n))
        db.session.execute(_last_becomes(meeting, n))
    return written, rules.number_key(written)


def _last_becomes(meeting: Meeting, last: Any) -> Any:
    return (
        sa.update(Meeting)
        .where(Meeting.id == meeting.id)
        .values(last_number=last)
        .returning(Meeting.last_number, Meeting.number_pattern)
        .execution_options(synchronize_session=False)
    )


def set_pattern(meeting: Meeting, pattern: str, *, by: Actor, at: datetime) -> None:
    """How the numbers of a meeting are written from now on; those given stay as they are.

    :raises RuleBroken: it is no pattern, or names what the meeting does not have.
    """
    rules.written_number(pattern, meeting.year, meeting.last_number + 1, term=term_of(meeting), session=meeting.ordinal)
    if pattern == meeting.number_pattern:
        return
    trace("numbering_changed", by, at=at, meeting=meeting.name, before=meeting.number_pattern, after=pattern)
    meeting.number_pattern = pattern


def next_numbers(meeting: Meeting, pattern: str, count: int = 3) -> list[str]:
    """The numbers the meeting would give next, written in this pattern; those taken are passed over.

    :raises RuleBroken: it is no pattern, or names what the meeting does not have.
    """
    return [written for _n, written in islice(_free(meeting, pattern, meeting.last_number), count)]


def _free(meeting: Meeting, pattern: str, after: int) -> Iterator[tuple[int, str]]:
    """The numbers beyond this one that nobody has, as they are written."""
    term = term_of(meeting)
    taken = set(db.session.scalars(sa.select(Suggestion.number_key).where(Suggestion.meeting_id == meeting.id)))
    for n in count_from(after + 1):
        written = rules.written_number(pattern, meeting.year, n, term=term, session=meeting.ordinal)
        if rules.number_key(written) not in taken:
            yield n, written


def term_of(meeting: Meeting) -> int | None:
    """The ordinal of the term a meeting belongs to."""
    return db.session.scalar(sa.select(Term.ordinal).where(Term.id == meeting.term_id)) if meeting.term_id else None


def is_taken(meeting_id: int, key: str) -> bool:
    wanted = sa.select(Suggestion.id).where(Suggestion.meeting_id == meeting_id, Suggestion.number_key == key)
    return db.session.scalar(wanted) is not None
