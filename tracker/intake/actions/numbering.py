"""The number of a suggestion: as written, or the next of its meeting, gap-free."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.intake import rules
from tracker.structure.models import Meeting
from tracker.suggestion.models import Suggestion


def numbered(meeting: Meeting, number: str | None, key: str | None) -> tuple[str, str]:
    """The number as written and its key; the next one of the meeting where none is given."""
    if number:
        key = key or rules.number_key(number)
        if is_taken(meeting, key):
            raise RuleBroken(N_("The number %(number)s is taken in this meeting."), number=number)
        return number, key
    while True:
        step = (
            sa.update(Meeting)
            .where(Meeting.id == meeting.id)
            .values(last_number=Meeting.last_number + 1)
            .returning(Meeting.last_number)
            .execution_options(synchronize_session=False)
        )
        n = db.session.execute(step).scalar_one()
        written = rules.written_number(meeting.number_pattern, meeting.year, n)
        if not is_taken(meeting, rules.number_key(written)):
            return written, rules.number_key(written)


def is_taken(meeting: Meeting, key: str) -> bool:
    wanted = sa.select(Suggestion.id).where(Suggestion.meeting_id == meeting.id, Suggestion.number_key == key)
    return db.session.scalar(wanted) is not None
