"""A dissatisfied rating is told to the body and to the office."""

from __future__ import annotations

from tracker import clock
from tracker.dispatch.letters import Line, of_officer, title_for_mail
from tracker.dispatch.models import Assignment
from tracker.feedback.models import Rating
from tracker.handling.models import Reply
from tracker.mail.outbox import post
from tracker.structure.models import Rank
from tracker.structure.queries import officers_of


def dissatisfied(rating: Rating, reply: Reply, assignment: Assignment) -> None:
    """The head of the body learns that the deputy is dissatisfied; the comment itself stays with the office."""
    suggestion = assignment.suggestion
    for officer in officers_of([assignment.body_id], Rank.HEAD, Rank.DEPUTY_HEAD):
        post(
            "dissatisfied",
            of_officer(officer),
            key=f"dissatisfied:{reply.id}:{rating.deputy_id}:officer:{officer.id}",
            at=clock.now(),
            suggestion_id=suggestion.id,
            line=Line(number=suggestion.number or "", title=title_for_mail(suggestion), part=str(assignment.part)),
            body_name=assignment.body.name,
            on=rating.on,
            round=assignment.round + 1,
        )
