"""Letters of the hand-over: to the bodies, to the deputies, and about returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.text import Reckoning
from tracker.dispatch.models import Assignment, BodyReturn, HandOver
from tracker.intake.letters import Line, liaisons_of, of_deputy, of_liaison, of_officer, title_for_mail
from tracker.mail.outbox import Addressee, Draft, post, post_many
from tracker.people.mailed_links import mailed_link
from tracker.people.models import Purpose
from tracker.structure.absence import Reached
from tracker.structure.models import Deputy, Officer, Rank
from tracker.structure.queries import officers_of
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import deputies_of

__all__ = [
    "Line",
    "handed_over",
    "handling_link",
    "lead_changed",
    "of_deputy",
    "of_officer",
    "recalled",
    "return_decided",
    "title_for_mail",
]


def handed_over(
    act: HandOver, made: Sequence[Assignment], suggestions: Sequence[Suggestion], *, deputies: bool = True
) -> None:
    """Tell each body what it was given (one letter a body) and each deputy what became of his (one a deputy)."""
    titles = {suggestion.id: suggestion for suggestion in suggestions}
    due = _reckonings(made)
    by_body: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in made:
        by_body[assignment.body_id].append(assignment)
    drafts = []
    for officer in officers_of(by_body, Rank.HANDLER):
        given = by_body[officer.body_id or 0]
        facts = {
            "lines": [_line(titles[one.suggestion_id], one, _day(due, one), officer) for one in given],
            "on": act.on,
            "document_number": act.document_number,
            "body_name": given[0].body.name,
            "reckonings": list({due[one.id].due_on: due[one.id] for one in given if one.id in due}.values()),
        }
        key = f"handed_over:{act.id}:{given[0].id}:officer:{officer.id}"
        drafts.append(Draft(of_officer(officer), key, given[0].suggestion_id if len(given) == 1 else None, facts))
    post_many("handed_over", drafts, at=clock.now())
    if deputies:
        _tell_deputies(act, made, titles)


def return_decided(asked: BodyReturn, assignment: Assignment) -> None:
    """Tell the body what was decided of its return."""
    for officer in officers_of([assignment.body_id], Rank.HANDLER):
        post(
            "return_decided",
            of_officer(officer),
            key=f"return_decided:{asked.id}:officer:{officer.id}",
            at=clock.now(),
            suggestion_id=assignment.suggestion_id,
            line=_line(assignment.suggestion, assignment, None, officer, with_link=not asked.granted),
            granted=asked.granted,
            note=asked.decision_note,
            on=asked.decided_on,
        )


def recalled(assignment: Assignment, reason: str, on: date, *, withdrawn: bool) -> None:
    """Tell the body that it is no longer its to handle: the office took it back, or the deputies withdrew it."""
    for officer in officers_of([assignment.body_id], Rank.HANDLER):
        post(
            "recalled",
            of_officer(officer),
            key=f"recalled:{assignment.id}:officer:{officer.id}",
            at=clock.now(),
            suggestion_id=assignment.suggestion_id,
            line=_line(assignment.suggestion, assignment, None, officer, with_link=False),
            reason=reason,
            on=on,
            withdrawn=withdrawn,
        )


def lead_changed(old: Assignment, helps: Assignment | None, new: Assignment, reason: str, on: date) -> None:
    """Another body leads: the new lead is told as of a hand-over, the old one why, the deputy who answers him now."""
    act = db.session.get_one(HandOver, new.hand_over_id)
    handed_over(act, [new], [new.suggestion], deputies=False)
    for officer in officers_of([old.body_id], Rank.HANDLER):
        line = _line(old.suggestion, helps or old, None, officer, with_link=helps is not None)
        key = f"lead_changed:{old.id}:{new.id}:officer:{officer.id}"
        facts = {"line": line, "body_name": new.body.name, "reason": reason, "on": on}
        post("lead_changed", of_officer(officer), key=key, at=clock.now(), suggestion_id=old.suggestion_id, **facts)
    line = Line(new.suggestion.number or "", title_for_mail(new.suggestion), bodies=new.body.name)
    facts = {"line": line, "old_name": old.body.name, "on": on}
    people = dict.fromkeys(person for _id, person in _people([new.suggestion_id]))
    drafts = [
        Draft(person, f"lead_changed_deputy:{new.id}:{person.person_key}", new.suggestion_id, facts)
        for person in people
    ]
    post_many("lead_changed_deputy", drafts, at=clock.now())


def handling_link(
    assignment: Assignment, officer: Officer | Reached, purpose: Purpose = Purpose.HANDLE, page: str = ""
) -> str:
    """A fresh mailed link to one assignment for one officer, as a path."""
    item = {"assignment_id": assignment.id, "congress_id": assignment.congress_id}
    return mailed_link(purpose, officer, page, body_id=assignment.body_id, **item)


def _line(
    suggestion: Suggestion, assignment: Assignment, due_on: date | None, officer: Reached, *, with_link: bool = True
) -> Line:
    return Line(
        number=suggestion.number or "",
        title=title_for_mail(suggestion),
        part=str(assignment.part),
        due_on=due_on,
        address=handling_link(assignment, officer) if with_link else "",
    )


def _day(due: Mapping[int, Reckoning], assignment: Assignment) -> date | None:
    return due[assignment.id].due_on if assignment.id in due else None


def _reckonings(made: Sequence[Assignment]) -> dict[int, Reckoning]:
    """The day each assignment's own answer is due, and how it was made."""
    db.session.flush()
    kinds = (Kind.REPLY, Kind.REHANDLE, Kind.CO_OPINION)
    found: dict[int, Reckoning] = {}
    ids = [one.id for one in made]
    for start in range(0, len(ids), 500):
        wanted = sa.select(Deadline.assignment_id, Deadline.due_on, Deadline.explanation).where(
            Deadline.assignment_id.in_(ids[start : start + 500]), Deadline.kind.in_(kinds), Deadline.voided_on.is_(None)
        )
        for assignment_id, due_on, steps in db.session.execute(wanted):
            found[assignment_id] = Reckoning(due_on, steps)
    return found


def _tell_deputies(act: HandOver, made: Sequence[Assignment], titles: dict[int, Suggestion]) -> None:
    bodies: dict[int, list[str]] = defaultdict(list)
    for assignment in made:
        bodies[assignment.suggestion_id].append(assignment.body.name)
    theirs: dict[str, list[Suggestion]] = defaultdict(list)
    people: dict[str, Addressee] = {}
    for suggestion_id, person in _people(bodies):
        people[person.person_key] = person
        theirs[person.person_key].append(titles[suggestion_id])
    drafts = []
    for person_key, person in people.items():
        lines = [
            Line(one.number or "", title_for_mail(one), bodies="、".join(bodies[one.id])) for one in theirs[person_key]
        ]
        facts = {"lines": lines, "on": act.on, "document_number": act.document_number}
        drafts.append(Draft(person, f"handed_over_deputy:{act.id}:{person_key}", facts=facts))
    post_many("handed_over_deputy", drafts, at=clock.now())


def _people(suggestion_ids: Iterable[int]) -> list[tuple[int, Addressee]]:
    """Whose suggestions these are: every deputy (also of those merged in), and the liaisons of delegations."""
    ids = list(suggestion_ids)
    pairs = deputies_of(ids)
    deputies = {one.id: of_deputy(one) for one in _deputies({deputy_id for _id, deputy_id in pairs})}
    told = [(suggestion_id, deputies[deputy_id]) for suggestion_id, deputy_id in pairs]
    return told + [(suggestion_id, of_liaison(delegation)) for suggestion_id, delegation in liaisons_of(ids)]


def _deputies(ids: Iterable[int]) -> list[Deputy]:
    chosen: list[Any] = list(ids)
    found: list[Deputy] = []
    for start in range(0, len(chosen), 500):
        found += db.session.scalars(sa.select(Deputy).where(Deputy.id.in_(chosen[start : start + 500])))
    return found
