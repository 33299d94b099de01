"""What the office does when a suggestion arrives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder, RuleSet
from tracker.errors import N_, RuleBroken, Stale
from tracker.files.models import File
from tracker.intake import rules
from tracker.intake.content import Content
from tracker.intake.models import Attachment, OffLine
from tracker.structure.models import Meeting
from tracker.suggestion.actions import make
from tracker.suggestion.journey import LIVE
from tracker.suggestion.models import Signature, Suggestion
from tracker.workdays.rules import Calendar

GIVE_REASON = N_("Give the reason.")


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
    written, key = _numbered(meeting, number, number_key) if known_by_number else (number, None)
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
    _sign(suggestion, content.co_signer_ids)
    _await_hand_over(suggestion, on, rules_in_force, calendar)
    return suggestion


def amend(
    suggestion: Suggestion, content: Content, *, version: int, by: Actor, on: date, files: Sequence[File] = ()
) -> None:
    """Correct what was recorded, before it is handed over; the history names the fields that changed.

    `files` are added to those handed in. What an old ledger never had (a text, a deputy) may stay missing.

    :raises Stale: somebody else changed it since it was opened.
    :raises RuleBroken: it was handed over already, or something is missing.
    """
    if suggestion.version != version:
        raise Stale(N_("Somebody else changed this suggestion while you were writing. Your text is kept below."))
    rules.must_not_be_marked_secret(content.title, content.text, content.remark)
    _must_stay_whole(suggestion, content)
    changed = [name for name, value in content.facts().items() if getattr(suggestion, name) != value]
    for name, value in content.facts().items():
        setattr(suggestion, name, value)
    if _sign_anew(suggestion, content):
        changed.append("co_signers")
    if files:
        changed.append("attachments")
        for file in files:
            attach(suggestion, file)
    if changed:
        make("amend", suggestion, by=by, on=on, fields=changed)


def note_off_line(meeting: Meeting, *, by: Actor, on: date) -> OffLine:
    """There is a secret suggestion: keep that there is one, and nothing else (涉密)."""
    placeholder = OffLine(congress_id=meeting.congress_id, meeting_id=meeting.id, noted_on=on, noted_by=by.name)
    db.session.add(placeholder)
    return placeholder


def _must_stay_whole(suggestion: Suggestion, content: Content) -> None:
    had_deputy = suggestion.lead_deputy_id is not None or suggestion.delegation_id is not None
    has_deputy = content.lead_deputy_id is not None or content.delegation_id is not None
    text = content.text if suggestion.text else content.text or "—"
    rules.must_be_whole(content.title, text, has_deputy=has_deputy or not had_deputy)


def _sign_anew(suggestion: Suggestion, content: Content) -> bool:
    """Whether the co-signers were others than those named now."""
    wanted = sa.select(Signature).where(Signature.suggestion_id == suggestion.id).order_by(Signature.place)
    signed = list(db.session.scalars(wanted))
    if [row.deputy_id for row in signed] == content.co_signer_ids:
        return False
    for row in signed:
        db.session.delete(row)
    db.session.flush()
    _sign(suggestion, content.co_signer_ids)
    return True


def attach(suggestion: Suggestion, file: File) -> Attachment:
    attachment = Attachment(suggestion_id=suggestion.id, file_id=file.id)
    db.session.add(attachment)
    return attachment


def return_to_deputy(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """Give it back for correction, with the reason (for example: several matters in one)."""
    _needs(reason)
    make("return_to_deputy", suggestion, by=by, on=on, reason=reason)
    _stop_clocks(suggestion, on, "returned_to_deputy")


def record_again(suggestion: Suggestion, *, by: Actor, on: date, rules_in_force: RuleSet) -> None:
    """The deputy has corrected what was returned; the clock of the hand-over runs anew.

    :raises RuleBroken: it was not with the deputy.
    """
    make("record", suggestion, by=by, on=on, number=suggestion.number)
    _await_hand_over(suggestion, on, rules_in_force)


def treat_as_letter(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """It is no suggestion (own matter, single case, relayed letter …): answered as a letter, with the reason."""
    _needs(reason)
    make("treat_as_letter", suggestion, by=by, on=on, reason=reason)
    _stop_clocks(suggestion, on, "treated_as_letter")


def withdraw(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """The deputy takes it back; handling ends, nothing is deleted (上海规定 9; 山东条例 14)."""
    _needs(reason)
    if _is_held(suggestion):
        raise RuleBroken(N_("It is being handled: the office must recall the assignments first."))
    make("withdraw", suggestion, by=by, on=on, reason=reason)
    _stop_clocks(suggestion, on, "withdrawn")


def _await_hand_over(
    suggestion: Suggestion, on: date, rules_in_force: RuleSet, calendar: Calendar | None = None
) -> None:
    clocks.start(
        Kind.HAND_OVER,
        on=on,
        rules=rules_in_force,
        congress_id=suggestion.congress_id,
        holder=Holder.OFFICE,
        calendar=calendar,
        suggestion_id=suggestion.id,
    )


def _is_held(suggestion: Suggestion) -> bool:
    """Whether a body still has it in hand (assignments are rows of a later stage, named on the suggestion)."""
    assignment = Suggestion.assignments.property.mapper.class_
    wanted = sa.select(assignment.id).where(
        assignment.suggestion_id == suggestion.id, assignment.standing.in_(list(LIVE))
    )
    return db.session.scalar(wanted.limit(1)) is not None


def _needs(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(GIVE_REASON)


def _stop_clocks(suggestion: Suggestion, on: date, reason: str) -> None:
    for running in deadlines.open_for(suggestion_id=suggestion.id):
        clocks.void(running, on=on, reason=reason)


def _sign(suggestion: Suggestion, deputy_ids: Iterable[int]) -> None:
    others = [one for one in dict.fromkeys(deputy_ids) if one != suggestion.lead_deputy_id]
    db.session.add_all(
        Signature(suggestion_id=suggestion.id, deputy_id=one, place=place) for place, one in enumerate(others, start=1)
    )


def _numbered(meeting: Meeting, number: str | None, key: str | None) -> tuple[str, str]:
    """The number as written and its key; the next one of the meeting where none is given."""
    if number:
        key = key or rules.number_key(number)
        if _is_taken(meeting, key):
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
        if not _is_taken(meeting, rules.number_key(written)):
            return written, rules.number_key(written)


def _is_taken(meeting: Meeting, key: str) -> bool:
    wanted = sa.select(Suggestion.id).where(Suggestion.meeting_id == meeting.id, Suggestion.number_key == key)
    return db.session.scalar(wanted) is not None
