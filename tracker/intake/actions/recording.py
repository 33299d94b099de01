"""Writing a suggestion down for the first time."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.models import RuleSet
from tracker.files.models import File
from tracker.intake import rules
from tracker.intake.actions.numbering import numbered
from tracker.intake.actions.signing import sign
from tracker.intake.actions.waiting import await_hand_over
from tracker.intake.content import Content
from tracker.intake.models import Attachment, OffLine
from tracker.structure.models import Meeting
from tracker.suggestion.actions import make
from tracker.suggestion.models import Suggestion
from tracker.workdays.rules import Calendar


def record(
    meeting: Meeting,
    content: Content,
    *,
    by: Actor,
    on: date,
    rules_in_force: RuleSet,
    number: str | None = None,
    number_key: str | None = None,
    check: bool = True,
    known_by_number: bool = True,
    calendar: Calendar | None = None,
) -> Suggestion:
    """Write a suggestion down: number, content, signatures, first line of history, the clock of the hand-over.

    Without a number the meeting's next one is given, gap-free. For old ledgers: `check=False` lets one in without a
    text; `known_by_number=False` keeps a number that is missing or stands there twice as printed, and invents none.

    :raises RuleBroken: something is missing, the number is taken, or a secrecy marking is found.
    """
    rules.must_not_be_marked_secret(content.title, content.text, content.remark)
    if check:
        has_deputy = content.lead_deputy_id is not None or content.delegation_id is not None
        rules.must_be_whole(content.title, content.text, has_deputy=has_deputy)
    written, key = numbered(meeting, number, number_key) if known_by_number else (number, None)
    suggestion = Suggestion(
        congress_id=meeting.congress_id,
        meeting_id=meeting.id,
        meeting=meeting,
        number=written,
        number_key=key,
        recorded_on=on,
        round=1,
        **content.facts(),
    )
    db.session.add(suggestion)
    make("record", suggestion, by=by, on=on, number=written)
    sign(suggestion, content.co_signer_ids)
    await_hand_over(suggestion, on, rules_in_force, calendar)
    return suggestion


def note_off_line(meeting: Meeting, *, by: Actor, on: date) -> OffLine:
    """There is a secret suggestion: keep that there is one, and nothing else (涉密)."""
    placeholder = OffLine(congress_id=meeting.congress_id, meeting_id=meeting.id, noted_on=on, noted_by=by.name)
    db.session.add(placeholder)
    return placeholder


def attach(suggestion: Suggestion, file: File) -> Attachment:
    attachment = Attachment(suggestion_id=suggestion.id, file_id=file.id)
    db.session.add(attachment)
    return attachment
