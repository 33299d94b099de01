"""Letters of the handling: extension decided, reply to approve, sent back, of another class, delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.dispatch.letters import Line, handling_link, of_deputy, of_officer, title_for_mail
from tracker.dispatch.models import Assignment
from tracker.handling.approvals import LEADERS
from tracker.handling.clocks import last_day
from tracker.handling.models import CoOpinion, Extension, Reply, SendingBack
from tracker.handling.rules import SEND_BACK_REASONS
from tracker.handling.written import Approval, ClassChange
from tracker.intake.letters import liaisons_of, of_liaison
from tracker.mail.models import Letter
from tracker.mail.outbox import Addressee, Draft, post, post_many
from tracker.people.mailed_links import Person, mailed_link
from tracker.people.models import Purpose
from tracker.structure.absence import Reached
from tracker.structure.models import Deputy, Rank
from tracker.structure.queries import officers_of
from tracker.suggestion.models import Merger, Suggestion
from tracker.suggestion.queries import deputies_of


def extension_decided(asked: Extension, assignment: Assignment) -> None:
    """The body learns what was decided; the lead deputy learns of more time and why (代表法 51; 上海规定 19)."""
    facts = {
        "granted": asked.granted,
        "to_on": asked.granted_to_on,
        "note": asked.decision_note,
        "reason": asked.reason,
    }
    for officer in officers_of([assignment.body_id], Rank.HANDLER):
        post(
            "extension_decided",
            of_officer(officer),
            key=f"extension_decided:{asked.id}:officer:{officer.id}",
            at=clock.now(),
            suggestion_id=assignment.suggestion_id,
            line=_line(assignment, officer),
            **facts,
        )
    if asked.granted and (deputy := _lead_deputy(assignment)):
        post(
            "extension_told",
            of_deputy(deputy),
            key=f"extension_told:{asked.id}:deputy:{deputy.id}",
            at=clock.now(),
            suggestion_id=assignment.suggestion_id,
            line=_line(assignment, None),
            body_name=assignment.body.name,
            **facts,
        )


def opinion_asked_again(opinion: CoOpinion, helper: Assignment, lead: Assignment, *, due_on: date | None) -> None:
    """The co-handler learns that the lead needs more than it was given, why, and by when."""
    facts = {"body_name": lead.body.name, "reason": opinion.bounced_reason}
    _tell_handlers("opinion_asked_again", opinion.id, helper, due_on=due_on, **facts)


def sent_back(sent: SendingBack, assignment: Assignment, *, due_on: date | None) -> None:
    """The handler learns why the reply came back and by when it is still due."""
    facts: dict[str, Any] = {
        "reasons": [SEND_BACK_REASONS[reason] for reason in sent.reasons],
        "note": sent.note,
        "on": sent.on,
    }
    _tell_handlers("reply_sent_back", sent.id, assignment, due_on=due_on, **facts)


def class_changed(change: ClassChange, assignment: Assignment) -> None:
    """The body learns which class the office gave its reply, and why."""
    facts: dict[str, Any] = {"was_label": change.was_label, "label": change.label, "reason": change.reason}
    _tell_handlers("class_changed", change.id, assignment, **facts)


def reply_to_approve(passed: Approval, reply: Reply, assignment: Assignment) -> None:
    """The leaders of the body are asked to approve a reply; each gets a link of his own to this one reply."""
    due_on = last_day(assignment)
    for officer in officers_of([assignment.body_id], *LEADERS):
        address = handling_link(assignment, officer, Purpose.APPROVE, "/approval")
        post(
            "reply_to_approve",
            of_officer(officer),
            key=f"reply_to_approve:{passed.id}:officer:{officer.id}",
            at=clock.now(),
            suggestion_id=assignment.suggestion_id,
            line=replace(_line(assignment, None), address=address, due_on=due_on),
            passed_by=passed.passed_by,
            class_label=reply.class_label,
        )


def reply_given_back(given: Approval, assignment: Assignment) -> None:
    """The handler learns what the leader of his body wants changed."""
    facts: dict[str, Any] = {"given_by": given.decided_by, "remark": given.remark}
    _tell_handlers("reply_given_back", given.id, assignment, due_on=last_day(assignment), **facts)


def reply_delivered(reply: Reply, assignment: Assignment, deputy_ids: Sequence[int]) -> list[Letter]:
    """The reply reaches each deputy; each gets a link of his own to read it, the lead deputy to rate it too.

    Whose own suggestion was merged into this one is told so; a delegation's reply reaches its liaison.
    """
    own = _merged_numbers(assignment.suggestion_id)
    lead_id = assignment.suggestion.lead_deputy_id
    drafts = []
    for deputy in db.session.scalars(sa.select(Deputy).where(Deputy.id.in_(list(deputy_ids)))).all():
        facts = {"is_lead": deputy.id == lead_id, "own_number": "" if deputy.id == lead_id else own.get(deputy.id, "")}
        drafts.append(_delivered(reply, assignment, of_deputy(deputy), deputy_id=deputy.id, **facts))
    for _id, delegation in liaisons_of([assignment.suggestion_id]):
        facts = {"is_lead": False, "own_number": ""}
        drafts.append(_delivered(reply, assignment, of_liaison(delegation), deputy_id=None, **facts))
    return post_many("reply_delivered", drafts, at=clock.now())


def _tell_handlers(
    kind: str, about_id: int, assignment: Assignment, *, due_on: date | None = None, **facts: Any
) -> None:
    """One letter to each handler of the body, with his link; `about_id` is the row the letter tells of."""
    for officer in officers_of([assignment.body_id], Rank.HANDLER):
        post(
            kind,
            of_officer(officer),
            key=f"{kind}:{about_id}:officer:{officer.id}",
            at=clock.now(),
            suggestion_id=assignment.suggestion_id,
            line=replace(_line(assignment, officer), due_on=due_on),
            **facts,
        )


def _delivered(reply: Reply, assignment: Assignment, to: Addressee, *, deputy_id: int | None, **facts: Any) -> Draft:
    """The letter to one of them, with a link of his own."""
    facts |= {
        "line": _line(assignment, None),
        "body_name": assignment.body.name,
        "document_number": reply.document_number,
        "class_label": reply.class_label,
        "address": rating_link(reply.id, assignment, to, deputy_id, "/rating"),
        "is_liaison": deputy_id is None,
    }
    return Draft(to, f"reply_delivered:{reply.id}:{to.person_key}", assignment.suggestion_id, facts)


def rating_link(reply_id: int, assignment: Assignment, to: Person, deputy_id: int | None, page: str = "") -> str:
    """A fresh mailed link to one reply for one deputy, or for the liaison of a delegation, as a path."""
    item = {"assignment_id": assignment.id, "reply_id": reply_id, "congress_id": assignment.congress_id}
    return mailed_link(Purpose.RATE, to, page, deputy_id=deputy_id, **item)


def _merged_numbers(suggestion_id: int) -> dict[int, str]:
    """Of each deputy whose own suggestion was merged into this one, its number."""
    wanted = (
        sa.select(Merger.suggestion_id, Suggestion.number)
        .join(Suggestion, Suggestion.id == Merger.suggestion_id)
        .where(Merger.into_id == suggestion_id, Merger.undone_on.is_(None))
    )
    numbers = {row[0]: row[1] or "" for row in db.session.execute(wanted)}
    return {deputy_id: numbers[own_id] for own_id, deputy_id in deputies_of(numbers)}


def _line(assignment: Assignment, officer: Reached | None) -> Line:
    suggestion = assignment.suggestion
    return Line(
        number=suggestion.number or "",
        title=title_for_mail(suggestion),
        part=str(assignment.part),
        address=handling_link(assignment, officer) if officer else "",
    )


def _lead_deputy(assignment: Assignment) -> Deputy | None:
    deputy_id = assignment.suggestion.lead_deputy_id
    return db.session.get(Deputy, deputy_id) if deputy_id else None
