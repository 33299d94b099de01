"""Writing a suggestion down for the first time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.deadlines.models import RuleSet
from tracker.entities import bind, new
from tracker.files.models import File
from tracker.intake import rules
from tracker.intake.actions.checking import return_to_deputy, treat_as_letter
from tracker.intake.actions.drafting import become
from tracker.intake.actions.numbering import numbered_all
from tracker.intake.actions.sheets import keep_details
from tracker.intake.actions.signing import must_name_liaison, sign
from tracker.intake.actions.waiting import await_hand_overs
from tracker.intake.content import Content, Details
from tracker.intake.hints import Judgement
from tracker.intake.models import Attachment, AttachmentKind, Draft, OffLine
from tracker.intake.sources import must_say_source
from tracker.structure.models import Delegation, Deputy, Meeting
from tracker.suggestion.actions import Step, make, make_all
from tracker.suggestion.journey import MOVES
from tracker.suggestion.models import Suggestion
from tracker.workdays.rules import Calendar


@dataclass(frozen=True)
class Recording:
    """What is written down of one suggestion, when, and under which rules; see `record`."""

    content: Content
    on: date
    rules_in_force: RuleSet
    number: str | None = None
    number_key: str | None = None
    check: bool = True
    known_by_number: bool = True
    calendar: Calendar | None = None
    draft: Draft | None = None
    judgement: Judgement | None = None


def record(
    meeting: Meeting, content: Content, *, by: Actor, on: date, rules_in_force: RuleSet, **how: Any
) -> Suggestion:
    """Write a suggestion down: number, content, signatures, first line of history, the clock of the hand-over.

    `how` is the rest of a `Recording`. Without a number the meeting's next one is given, gap-free. For old ledgers:
    `check=False` lets one in without a text; `known_by_number=False` keeps a number that is missing or stands there
    twice as printed, and invents none. A form begun as a draft brings its files; what was hinted at, and decided all
    the same, is kept with the reason.

    :raises RuleBroken: something is missing, the number is taken, or a secrecy marking is found.
    """
    [suggestion] = record_all(meeting, [Recording(content, on, rules_in_force, **how)], by=by)
    return suggestion


def record_all(meeting: Meeting, wanted: Sequence[Recording], *, by: Actor) -> list[Suggestion]:
    """Write several down together, as a ledger brings them; each by the same rules as if it came alone.

    :raises RuleBroken: as `record`, for the first that may not be written down.
    """
    for one in wanted:
        rules.must_not_be_marked_secret(*one.content.typed())
        if one.check:
            must_be_complete(one.content)
    numbers = iter(numbered_all(meeting, [(one.number, one.number_key) for one in wanted if one.known_by_number]))
    who = [_entering(one.content, by) for one in wanted]
    made = []
    for one in wanted:
        written, key = next(numbers) if one.known_by_number else (one.number, None)
        made.append((one, _written(meeting, one.content, written, key, one.on)))
    make_all("draft", [step for (one, new), by in zip(made, who, strict=True) for step in _begun(one, new, by)])
    make_all("record", [_recorded(one, new, by) for (one, new), by in zip(made, who, strict=True)])
    for one, suggestion in made:
        sign(suggestion, one.content.co_signer_ids)
        _take_over(suggestion, one.content, one.draft)
    await_hand_overs([(suggestion, one.on, one.rules_in_force, one.calendar) for one, suggestion in made])
    return [suggestion for _one, suggestion in made]


def _begun(one: Recording, suggestion: Suggestion, by: Actor) -> list[Step]:
    """A form begun as a draft was begun then."""
    draft = one.draft
    return [Step(suggestion, None, by, draft.begun_on, {"begun_by": draft.begun_by})] if draft is not None else []


def _recorded(one: Recording, suggestion: Suggestion, by: Actor) -> Step:
    judged = one.judgement.facts() if one.judgement else {}
    return Step(suggestion, None, by, one.on, {"number": suggestion.number, **judged})


def turn_away(
    meeting: Meeting, content: Content, judgement: Judgement, *, by: Actor, on: date, draft: Draft | None = None
) -> Suggestion:
    """What is no suggestion, or not yet one, is kept without a number, with the hints, the decision and the reason.

    Recorded again after correction, it is given its number then.

    :raises RuleBroken: the reason or something of the form is missing, or a secrecy marking is found.
    """
    rules.must_not_be_marked_secret(*content.typed())
    must_be_complete(content)
    by = _entering(content, by)
    suggestion = _written(meeting, content, None, None, on)
    db.session.add(suggestion)
    begun_on = draft.begun_on if draft is not None else on
    make("draft", suggestion, by=by, on=begun_on, hints=judgement.facts().get("hints", []))
    sign(suggestion, content.co_signer_ids)
    _take_over(suggestion, content, draft)
    act = treat_as_letter if judgement.decision == "treat_as_letter" else return_to_deputy
    act(suggestion, judgement.reason, by=by, on=on)
    return suggestion


def must_be_complete(content: Content) -> None:
    """
    :raises RuleBroken: title, text, maker, a delegation's liaison, or what its origin needs is missing.
    """
    has_deputy = content.lead_deputy_id is not None or content.delegation_id is not None
    rules.must_be_whole(content.title, content.text, has_deputy=has_deputy)
    must_name_liaison(content)
    must_say_source(content.origin, content.details.source, content.details.source_number)


def _written(meeting: Meeting, content: Content, number: str | None, key: str | None, on: date) -> Suggestion:
    made = new(
        Suggestion,
        congress_id=meeting.congress_id,
        meeting_id=meeting.id,
        number=number,
        number_key=key,
        recorded_on=on,
        round=1,
        **content.facts(),
    )
    bind(made, meeting=meeting)
    return made


def _take_over(suggestion: Suggestion, content: Content, draft: Draft | None) -> None:
    if draft is not None or content.details != Details():
        keep_details(suggestion, content.details, draft_key=draft.key if draft is not None else None)
    if draft is not None:
        become(draft, suggestion)


def _entering(content: Content, by: Actor) -> Actor:
    """Whoever enters a signed paper does so on behalf of the one who signed it."""
    if not content.details.on_paper:
        return by
    lead, delegation = content.lead_deputy_id, content.delegation_id
    who = db.session.get(Deputy, lead) if lead else db.session.get(Delegation, delegation) if delegation else None
    return by.for_paper_of(who.name) if who is not None else by


def note_off_line(meeting: Meeting, *, by: Actor, on: date) -> OffLine:
    """There is a secret suggestion: keep that there is one, and nothing else (涉密)."""
    placeholder = OffLine(congress_id=meeting.congress_id, meeting_id=meeting.id, noted_on=on, noted_by=by.name)
    db.session.add(placeholder)
    return placeholder


def attach(suggestion: Suggestion, file: File, kind: AttachmentKind = AttachmentKind.HANDED_IN) -> Attachment:
    attachment = Attachment(suggestion_id=suggestion.id, file_id=file.id, kind=kind)
    db.session.add(attachment)
    return attachment


def take_signed_form(suggestion: Suggestion, file: File, *, by: Actor, on: date, at: datetime) -> Attachment:
    """The printed form has come back signed: keep its scan; the history says so, after the hand-over the trail."""
    if suggestion.stage in MOVES["amend"].from_:
        make("amend", suggestion, by=by, on=on, fields=["signed_form"])
    else:
        trace("signed_form_kept", by, at=at, suggestion=suggestion.id, file=file.id)
    return attach(suggestion, file, AttachmentKind.SIGNED_FORM)
