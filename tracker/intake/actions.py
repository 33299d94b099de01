"""What the office does when a suggestion arrives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
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
from tracker.intake.models import Attachment, OffLine
from tracker.structure.models import Meeting
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Origin, Publicity, Signature, Suggestion


@dataclass
class Content:
    """What the printed form holds (代表建议专用纸), field by field."""

    title: str
    text: str
    origin: Origin = Origin.MEETING
    category: str = ""
    publicity: Publicity = Publicity.UNKNOWN
    survey_method: str = ""
    lead_deputy_id: int | None = None
    delegation_id: int | None = None
    long_unsolved: bool = False
    contact_wanted: bool = False
    reference_only: bool = False
    internal: bool = False
    key: bool = False
    remark: str = ""
    submitted_on: date | None = None
    co_signer_ids: list[int] = field(default_factory=list)

    def facts(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if name != "co_signer_ids"}


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
) -> Suggestion:
    """Write a suggestion down: number, content, signatures, first line of history, the clock of the hand-over.

    Without a number the meeting's next one is given, gap-free. `check=False` lets an old ledger's row in without a
    text (the ledger simply has none).

    :raises RuleBroken: something is missing, the number is taken, or a secrecy marking is found.
    """
    rules.must_not_be_marked_secret(content.title, content.text, content.remark)
    if check:
        has_deputy = content.lead_deputy_id is not None or content.delegation_id is not None
        rules.must_be_whole(content.title, content.text, has_deputy=has_deputy)
    written, key = _numbered(meeting, number, number_key)
    suggestion = Suggestion(
        congress_id=meeting.congress_id,
        meeting_id=meeting.id,
        number=written,
        number_key=key,
        recorded_on=on,
        round=1,
        **content.facts(),
    )
    db.session.add(suggestion)
    make("record", suggestion, by=by, on=on, number=written)
    _sign(suggestion, content.co_signer_ids)
    clocks.start(
        Kind.HAND_OVER,
        on=on,
        rules=rules_in_force,
        congress_id=meeting.congress_id,
        holder=Holder.OFFICE,
        suggestion_id=suggestion.id,
    )
    return suggestion


def amend(suggestion: Suggestion, content: Content, *, version: int, by: Actor, on: date) -> None:
    """Correct what was recorded, before it is handed over; the history names the fields that changed.

    :raises Stale: somebody else changed it since it was opened.
    :raises RuleBroken: it was handed over already, or something is missing.
    """
    if suggestion.version != version:
        raise Stale(N_("Somebody else changed this suggestion while you were writing. Your text is kept below."))
    rules.must_not_be_marked_secret(content.title, content.text, content.remark)
    has_deputy = content.lead_deputy_id is not None or content.delegation_id is not None
    rules.must_be_whole(content.title, content.text, has_deputy=has_deputy)
    changed = [name for name, value in content.facts().items() if getattr(suggestion, name) != value]
    for name, value in content.facts().items():
        setattr(suggestion, name, value)
    signed = list(db.session.scalars(sa.select(Signature).where(Signature.suggestion_id == suggestion.id)))
    if [row.deputy_id for row in sorted(signed, key=lambda row: row.place)] != content.co_signer_ids:
        changed.append("co_signers")
        for row in signed:
            db.session.delete(row)
        db.session.flush()
        _sign(suggestion, content.co_signer_ids)
    if changed:
        make("amend", suggestion, by=by, on=on, fields=changed)


def note_off_line(meeting: Meeting, *, by: Actor, on: date) -> OffLine:
    """There is a secret suggestion: keep that there is one, and nothing else (涉密)."""
    placeholder = OffLine(congress_id=meeting.congress_id, meeting_id=meeting.id, noted_on=on, noted_by=by.name)
    db.session.add(placeholder)
    return placeholder


def attach(suggestion: Suggestion, file: File) -> Attachment:
    attachment = Attachment(suggestion_id=suggestion.id, file_id=file.id)
    db.session.add(attachment)
    return attachment


def return_to_deputy(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """Give it back for correction, with the reason (for example: several matters in one)."""
    _needs(reason)
    make("return_to_deputy", suggestion, by=by, on=on, reason=reason)
    _stop_clocks(suggestion, on, "returned_to_deputy")


def treat_as_letter(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """It is no suggestion (own matter, single case, relayed letter …): answered as a letter, with the reason."""
    _needs(reason)
    make("treat_as_letter", suggestion, by=by, on=on, reason=reason)
    _stop_clocks(suggestion, on, "treated_as_letter")


def withdraw(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """The deputy takes it back; handling ends, nothing is deleted (上海规定 9; 山东条例 14)."""
    _needs(reason)
    if suggestion.stage is Stage.HANDED_OVER:
        raise RuleBroken(N_("It is being handled: the office must recall the assignments first."))
    make("withdraw", suggestion, by=by, on=on, reason=reason)
    _stop_clocks(suggestion, on, "withdrawn")


def _needs(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(N_("Give the reason."))


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
