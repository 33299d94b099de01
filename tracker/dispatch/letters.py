"""Letters of the hand-over: to the bodies, to the deputies, and about returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment, BodyReturn, HandOver
from tracker.mail.outbox import Addressee, link_days, post
from tracker.people.actions import make_link
from tracker.people.models import Purpose
from tracker.structure.models import Deputy, Officer, Rank
from tracker.structure.queries import officers_of
from tracker.suggestion.models import Signature, Suggestion


@dataclass(frozen=True)
class Line:
    """One suggestion in a letter."""

    number: str
    title: str
    part: str = ""
    due_on: date | None = None
    address: str = ""
    bodies: str = ""


def handed_over(
    act: HandOver, made: Sequence[Assignment], suggestions: Sequence[Suggestion], *, deputies: bool = True
) -> None:
    """Tell each body what it was given (one letter a body) and each deputy what became of his (one a deputy)."""
    titles = {suggestion.id: suggestion for suggestion in suggestions}
    due = _due_days(made)
    by_body: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in made:
        by_body[assignment.body_id].append(assignment)
    for officer in officers_of(by_body, Rank.HANDLER):
        given = by_body[officer.body_id or 0]
        lines = [_line(titles[one.suggestion_id], one, due.get(one.id), officer) for one in given]
        key = f"handed_over:{act.id}:{given[0].id}:officer:{officer.id}"
        post(
            "handed_over",
            of_officer(officer),
            key=key,
            at=clock.now(),
            suggestion_id=given[0].suggestion_id if len(given) == 1 else None,
            lines=lines,
            on=act.on,
            document_number=act.document_number,
            body_name=given[0].body.name,
        )
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


def of_officer(officer: Officer) -> Addressee:
    return Addressee(
        f"officer:{officer.id}", officer.name, officer.email, officer.language, channel=str(officer.channel)
    )


def of_deputy(deputy: Deputy) -> Addressee:
    return Addressee(f"deputy:{deputy.id}", deputy.name, deputy.email, deputy.language)


def handling_link(assignment: Assignment, officer: Officer) -> str:
    """A fresh mailed link to one assignment for one officer, as a path."""
    secret = make_link(
        Purpose.HANDLE,
        at=clock.now(),
        days=link_days(),
        body_id=assignment.body_id,
        assignment_id=assignment.id,
        congress_id=assignment.congress_id,
        holder_name=officer.name,
        language=officer.language,
    )
    return f"/links/{secret}"


def title_for_mail(suggestion: Suggestion) -> str:
    """What of the title may leave the building; nothing of an internal matter."""
    return "" if suggestion.internal else suggestion.title


def _line(
    suggestion: Suggestion, assignment: Assignment, due_on: date | None, officer: Officer, *, with_link: bool = True
) -> Line:
    return Line(
        number=suggestion.number or "",
        title=title_for_mail(suggestion),
        part=str(assignment.part),
        due_on=due_on,
        address=handling_link(assignment, officer) if with_link else "",
    )


def _due_days(made: Sequence[Assignment]) -> dict[int, date]:
    """The day each assignment's own answer is due."""
    db.session.flush()
    kinds = (Kind.REPLY, Kind.REHANDLE, Kind.CO_OPINION)
    found: dict[int, date] = {}
    ids = [one.id for one in made]
    for start in range(0, len(ids), 500):
        wanted = sa.select(Deadline.assignment_id, Deadline.due_on).where(
            Deadline.assignment_id.in_(ids[start : start + 500]), Deadline.kind.in_(kinds), Deadline.voided_on.is_(None)
        )
        found.update({row.assignment_id: row.due_on for row in db.session.execute(wanted) if row.assignment_id})
    return found


def _tell_deputies(act: HandOver, made: Sequence[Assignment], titles: dict[int, Suggestion]) -> None:
    bodies: dict[int, list[str]] = defaultdict(list)
    for assignment in made:
        bodies[assignment.suggestion_id].append(assignment.body.name)
    theirs: dict[int, list[Suggestion]] = defaultdict(list)
    for suggestion_id, deputy_id in _signers(titles.values()):
        if suggestion_id in bodies:
            theirs[deputy_id].append(titles[suggestion_id])
    for deputy in _deputies(theirs):
        lines = [
            Line(one.number or "", title_for_mail(one), bodies="、".join(bodies[one.id])) for one in theirs[deputy.id]
        ]
        post(
            "handed_over_deputy",
            of_deputy(deputy),
            key=f"handed_over_deputy:{act.id}:deputy:{deputy.id}",
            at=clock.now(),
            lines=lines,
            on=act.on,
            document_number=act.document_number,
        )


def _signers(suggestions: Iterable[Suggestion]) -> list[tuple[int, int]]:
    """Every (suggestion, deputy) pair: lead deputies and co-signers."""
    chosen = list(suggestions)
    pairs = [(one.id, one.lead_deputy_id) for one in chosen if one.lead_deputy_id]
    ids = [one.id for one in chosen]
    for start in range(0, len(ids), 500):
        wanted = sa.select(Signature.suggestion_id, Signature.deputy_id).where(
            Signature.suggestion_id.in_(ids[start : start + 500])
        )
        pairs += [(row.suggestion_id, row.deputy_id) for row in db.session.execute(wanted)]
    return pairs


def _deputies(ids: Iterable[int]) -> list[Deputy]:
    chosen: list[Any] = list(ids)
    found: list[Deputy] = []
    for start in range(0, len(chosen), 500):
        found += db.session.scalars(sa.select(Deputy).where(Deputy.id.in_(chosen[start : start + 500])))
    return found
