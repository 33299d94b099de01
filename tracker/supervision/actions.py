"""A key item is named, an inspection recorded, an instruction written and answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.errors import N_, RuleBroken
from tracker.files.models import File
from tracker.structure.models import Body
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE
from tracker.supervision import rules
from tracker.supervision.models import Duty, Inspection, InspectionFile, InspectionKind, Instruction, KeyItem

OVER = (*GONE, Standing.PASSED_ON, Standing.HANDLED_AGAIN)


def name_key(
    suggestion: Suggestion,
    meeting: str,
    *,
    by: Actor,
    on: date,
    committee: Body | None = None,
    leader: str = "",
    note: str = "",
) -> KeyItem:
    """The meeting of the chairpersons (主任会议) names a suggestion a key item; who supervises it is said.

    :raises RuleBroken: no meeting is named, nobody supervises it, or the body is no committee.
    """
    if not meeting.strip():
        raise RuleBroken(N_("Name the meeting that decided it."))
    if committee is None and not leader.strip():
        raise RuleBroken(N_("Say which committee or leader supervises it."))
    if committee is not None and not committee.is_committee:
        raise RuleBroken(N_("%(body)s is no committee."), body=committee.name)
    made = KeyItem(
        suggestion_id=suggestion.id,
        on=on,
        meeting=meeting.strip(),
        committee_id=committee.id if committee else None,
        leader=leader.strip(),
        note=note.strip(),
        by_name=by.name,
    )
    suggestion.key = True
    db.session.add(made)
    supervised_by = committee.name if committee else made.leader
    make("name_key", suggestion, by=by, on=on, meeting=made.meeting, committee=supervised_by)
    db.session.flush()
    return made


def inspect(
    suggestion: Suggestion,
    kind: InspectionKind,
    people: str,
    findings: str,
    *,
    by: Actor,
    on: date,
    place: str = "",
) -> Inspection:
    """A committee, or the office, looked at it or heard a report: who, where, what was found.

    :raises RuleBroken: nobody is named, or nothing was found.
    """
    if not people.strip() or not findings.strip():
        raise RuleBroken(N_("Say who was there and what was found."))
    made = Inspection(
        suggestion_id=suggestion.id,
        body_id=by.body_id,
        on=on,
        kind=kind,
        people=people.strip(),
        place=place.strip(),
        findings=findings.strip(),
        noted_by=by.name,
    )
    db.session.add(made)
    make("inspect", suggestion, by=by, on=on, kind=str(kind), people=made.people, place=made.place)
    db.session.flush()
    return made


def enclose(made: Inspection, file: File) -> InspectionFile:
    """A file or picture of the inspection."""
    kept = InspectionFile(inspection_id=made.id, file_id=file.id)
    db.session.add(kept)
    return kept


def instruct(
    suggestions: Sequence[Suggestion],
    leader: str,
    text: str,
    to: Iterable[str],
    *,
    congress_id: int,
    by: Actor,
    on: date,
    due_on: date | None = None,
    bulletin: str = "",
) -> tuple[Instruction, list[Duty]]:
    """A leader instructs the office, the bodies that answer, or certain bodies (by their numbers), until a day.

    Every body gets a duty of its own on every suggestion it has a part in; each is answered by itself. What is written
    on a weekly bulletin as a whole goes to the office.

    :raises RuleBroken: something is missing, nobody is addressed, or an addressed body has no part in a suggestion.
    """
    rules.must_be_an_instruction(leader, text, on, due_on)
    made = Instruction(
        congress_id=congress_id,
        leader=leader.strip(),
        on=on,
        text=text.strip(),
        bulletin=bulletin.strip(),
        recorded_by=by.name,
    )
    addressees = list(dict.fromkeys(to))
    if not addressees or not (suggestions or (bulletin.strip() and addressees == [rules.OFFICE])):
        raise RuleBroken(N_("Say on which suggestion, and to whom."))
    db.session.add(made)
    db.session.flush()
    parts = {
        (suggestion, assignment): None
        for suggestion in suggestions
        for word in addressees
        for assignment in _addressed(suggestion, word)
    }
    duties = [_duty(made, suggestion, part, due_on, by=by, on=on) for suggestion, part in parts]
    if not suggestions:
        duties = [Duty(instruction_id=made.id, due_on=due_on)]
        db.session.add_all(duties)
    db.session.flush()
    return made, duties


def answer(duty: Duty, text: str, *, by: Actor, on: date) -> None:
    """What was instructed is done, or what came of it is reported.

    :raises RuleBroken: nothing is said, or it was answered before.
    """
    if not text.strip():
        raise RuleBroken(N_("Say what was done, or why not."))
    if duty.answered_on is not None:
        raise RuleBroken(N_("This instruction has been answered already."))
    duty.answered_on, duty.answer, duty.answered_by = on, text.strip(), by.name
    if duty.suggestion is None:
        return
    leader = duty.instruction.leader
    if duty.assignment is None:
        make("office_followed", duty.suggestion, by=by, on=on, leader=leader)
    else:
        make("body_followed", duty.suggestion, duty.assignment, by=by, on=on, leader=leader)


def _addressed(suggestion: Suggestion, word: str) -> list[Assignment | None]:
    """Whose turn a word means: the office (nobody's part), the bodies that answer, or one body's part."""
    if word == rules.OFFICE:
        return [None]
    live = [one for one in suggestion.assignments if one.standing not in OVER]
    latest = {(one.body_id, one.part): one for one in live}
    if word == rules.ANSWERING:
        found = [one for one in latest.values() if one.part in ANSWERING]
    else:
        found = [one for one in latest.values() if str(one.body_id) == word][:1]
    if not found:
        raise RuleBroken(
            N_("Nobody addressed has a part in number %(number)s."), number=suggestion.number or suggestion.id
        )
    return list(found)


def _duty(
    made: Instruction,
    suggestion: Suggestion,
    assignment: Assignment | None,
    due_on: date | None,
    *,
    by: Actor,
    on: date,
) -> Duty:
    duty = Duty(
        instruction_id=made.id,
        suggestion_id=suggestion.id,
        assignment_id=assignment.id if assignment else None,
        body_id=assignment.body_id if assignment else None,
        due_on=due_on,
    )
    db.session.add(duty)
    facts: dict[str, Any] = {"leader": made.leader, "due_on": due_on.isoformat() if due_on else ""}
    if assignment is None:
        make("instruct_office", suggestion, by=by, on=on, **facts)
    else:
        make("instruct", suggestion, assignment, by=by, on=on, **facts)
    return duty
