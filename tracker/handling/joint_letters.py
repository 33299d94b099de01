"""The letters between two leads: one has written, the other is asked to agree, and may say why it does not."""

from __future__ import annotations

from tracker import clock
from tracker.dispatch.letters import Line, handling_link, of_officer, title_for_mail
from tracker.dispatch.models import Assignment
from tracker.handling.agreement import LeadAgreement
from tracker.handling.clocks import last_day
from tracker.mail.outbox import Draft, post_many
from tracker.structure.models import Rank
from tracker.structure.queries import officers_of


def agreement_asked(asked: LeadAgreement, own: Assignment, partner: Assignment, *, again: bool) -> None:
    """The other lead learns that there is a text to agree to, or that it changed after it agreed."""
    suggestion = partner.suggestion
    due_on = last_day(partner)
    drafts = []
    for officer in officers_of([partner.body_id], Rank.HANDLER):
        line = Line(
            number=suggestion.number or "",
            title=title_for_mail(suggestion),
            part=str(partner.part),
            due_on=due_on,
            address=f"{handling_link(partner, officer)}/joint-reply",
        )
        key = f"agreement_asked:{asked.id}:officer:{officer.id}"
        facts = {"line": line, "body_name": own.body.name, "again": again}
        drafts.append(Draft(of_officer(officer), key, suggestion.id, facts))
    post_many("agreement_asked", drafts, at=clock.now())


def agreement_refused(asked: LeadAgreement, writer: Assignment, other: Assignment) -> None:
    """The lead that writes learns that the other does not agree, and why."""
    suggestion = writer.suggestion
    due_on = last_day(writer)
    drafts = []
    for officer in officers_of([writer.body_id], Rank.HANDLER):
        line = Line(
            number=suggestion.number or "",
            title=title_for_mail(suggestion),
            part=str(writer.part),
            due_on=due_on,
            address=handling_link(writer, officer),
        )
        key = f"agreement_refused:{asked.id}:officer:{officer.id}"
        facts = {"line": line, "body_name": other.body.name, "reason": asked.reason}
        drafts.append(Draft(of_officer(officer), key, suggestion.id, facts))
    post_many("agreement_refused", drafts, at=clock.now())
