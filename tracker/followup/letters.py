"""One letter for each person: a body's handler about all its promises, a deputy about all that was reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.dispatch.letters import handling_link, of_deputy, of_officer, title_for_mail
from tracker.followup.models import Judgement, PromiseReport, YearlyQuestion
from tracker.followup.yearly import promises_asked
from tracker.handling.letters import rating_link
from tracker.handling.models import Promise
from tracker.mail.outbox import Draft, post_many
from tracker.structure.absence import Reached
from tracker.structure.models import Deputy, Rank
from tracker.structure.queries import officers_of


@dataclass(frozen=True)
class Line:
    """One promise in a letter; of an internal matter nothing is said but its number."""

    number: str
    title: str
    what: str
    due_on: date
    address: str
    body_name: str = ""
    fate: str = ""
    note: str = ""


def yearly_questions(asked: Iterable[tuple[YearlyQuestion, int]], *, on: date) -> int:
    """Each handler is asked about all open promises of his body in one letter; answers how many letters."""
    by_body: dict[int, list[YearlyQuestion]] = defaultdict(list)
    for question, body_id in asked:
        by_body[body_id].append(question)
    promises = promises_asked([one.promise_id for questions in by_body.values() for one in questions])
    readers: dict[int, list[tuple[Reached, list[YearlyQuestion]]]] = defaultdict(list)
    for officer in officers_of(by_body, Rank.HANDLER, on=on):
        readers[officer.id].append((officer, by_body[officer.body_id or 0]))
    drafts = []
    for given in readers.values():  # who stands in for another body's handler still gets one letter
        officer = given[0][0]
        theirs = [promises[one.promise_id] for _officer, questions in given for one in questions]
        facts = {
            "lines": [_line(one, f"{handling_link(one.assignment, officer)}/promises/{one.id}") for one in theirs],
            "year": on.year,
            "until_on": given[0][1][0].until_on,
        }
        key = f"yearly_receipt:{on.isoformat()}:{given[0][1][0].id}:officer:{officer.id}"
        drafts.append(Draft(of_officer(officer), key, None, facts))
    return len(post_many("yearly_receipt", drafts, at=clock.now()))


def reports_to_judge(asked: Iterable[tuple[Judgement, PromiseReport]], *, on: date) -> int:
    """Each deputy is asked about everything that was reported to him in one letter; answers how many letters."""
    by_deputy: dict[int, list[PromiseReport]] = defaultdict(list)
    until_on: dict[int, date | None] = {}
    for said, report in asked:
        until_on[said.deputy_id] = said.until_on
        by_deputy[said.deputy_id].append(report)
    promises = promises_asked([one.promise_id for reports in by_deputy.values() for one in reports])
    deputies = sa.select(Deputy).where(Deputy.id.in_(list(by_deputy))).order_by(Deputy.id)
    drafts = []
    for deputy in db.session.scalars(deputies).all():
        lines = []
        for report in by_deputy[deputy.id]:
            promise = promises[report.promise_id]
            lines.append(_line(promise, f"{_link(promise, deputy)}/promises/{promise.id}", report))
        key = f"promises_to_judge:{on.isoformat()}:{by_deputy[deputy.id][0].id}:deputy:{deputy.id}"
        facts = {"lines": lines, "on": on, "until_on": until_on.get(deputy.id)}
        drafts.append(Draft(of_deputy(deputy), key, None, facts))
    return len(post_many("promises_to_judge", drafts, at=clock.now()))


def _line(promise: Promise, address: str, report: PromiseReport | None = None) -> Line:
    suggestion = promise.assignment.suggestion
    hidden = suggestion.internal
    return Line(
        number=suggestion.number or "",
        title=title_for_mail(suggestion),
        what="" if hidden else promise.what,
        due_on=promise.due_on,
        address=address,
        body_name=promise.assignment.body.name,
        fate=str(report.fate) if report else "",
        note="" if hidden or report is None else report.note,
    )


def _link(promise: Promise, deputy: Deputy) -> str:
    return rating_link(promise.reply_id, promise.assignment, deputy, deputy.id)
