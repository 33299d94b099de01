"""The number of a suggestion: as written, or the next of its meeting, gap-free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

AT_ONCE = 500


def numbered(meeting: Meeting, number: str | None, key: str | None) -> tuple[str, str]:
    """The number as written and its key; the next one of the meeting where none is given."""
    [found] = numbered_all(meeting, [(number, key)])
    return found


def numbered_all(meeting: Meeting, wanted: Sequence[tuple[str | None, str | None]]) -> list[tuple[str, str]]:
    """The same for several of one meeting, asked once.

    Two clerks at once: the meeting's row is held from here to the end of the transaction, so a number is given once,
    a typed one is refused to the second of two, and what is undone leaves no gap.

    :raises RuleBroken: one of the numbers is taken.
    """
    typed = [(number, key or rules.number_key(number)) for number, key in wanted if number]
    if typed:
        db.session.execute(sa.select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    taken = _taken(meeting.id, [key for _number, key in typed])
    for number, key in typed:
        if key in taken:
            raise RuleBroken(N_("The number %(number)s is taken in this meeting."), number=number)
        taken.add(key)
    given = iter(typed)
    return [next(given) if number else _next(meeting, taken) for number, _key in wanted]


def _next(meeting: Meeting, given: set[str]) -> tuple[str, str]:
    n, pattern = db.session.execute(_last_becomes(meeting, Meeting.last_number + 1)).one()
    written = rules.written_number(pattern, meeting.year, n, term=term_of(meeting), session=meeting.ordinal)
    if (key := rules.number_key(written)) in given or _taken(meeting.id, [key]):
        # A ledger or clerks brought numbers in. They are passed over at one look: one by one, the first suggestion
        # recorded after a ledger of ten thousand kept everybody waiting for half a minute.
        free = _free(meeting, pattern, n)
        n, written = next(one for one in free if rules.number_key(one[1]) not in given)
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


def _taken(meeting_id: int, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        wanted = sa.select(Suggestion.number_key).where(Suggestion.meeting_id == meeting_id)
        found |= {key for key in db.session.scalars(wanted.where(Suggestion.number_key.in_(some))) if key}
    return found
