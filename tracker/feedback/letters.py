"""A dissatisfied rating is told to the body that handles it again; what the office found is told to the deputy."""

from __future__ import annotations

from tracker import clock
from tracker.dispatch.letters import Line, of_deputy, of_officer, title_for_mail
from tracker.dispatch.models import Assignment
from tracker.feedback.models import Finding, Rating, Study
from tracker.handling.letters import rating_link
from tracker.handling.models import Reply
from tracker.mail.outbox import post
from tracker.structure.models import Rank
from tracker.structure.queries import officers_of


def dissatisfied(rating: Rating, reply: Reply, assignment: Assignment) -> None:
    """The head of the body learns that the deputy is dissatisfied; the comment itself stays with the office."""
    for officer in officers_of([assignment.body_id], Rank.HEAD, Rank.DEPUTY_HEAD):
        post(
            "dissatisfied",
            of_officer(officer),
            key=f"dissatisfied:{reply.id}:{rating.deputy_id}:officer:{officer.id}",
            at=clock.now(),
            suggestion_id=assignment.suggestion_id,
            line=_line(assignment),
            body_name=assignment.body.name,
            on=rating.on,
            round=assignment.round + 1,
        )


def studied(study: Study, rating: Rating, reply: Reply) -> None:
    """The deputy learns what the office found (上海规定 21); an explanation stands on his own page, not in the mail."""
    assignment, deputy = reply.assignment, rating.deputy
    again = study.finding is Finding.AGAIN
    address = "" if again else rating_link(reply.id, assignment, deputy, deputy.id, "/rating")
    post(
        "rating_studied",
        of_deputy(deputy),
        key=f"rating_studied:{study.id}:deputy:{deputy.id}",
        at=clock.now(),
        suggestion_id=assignment.suggestion_id,
        line=_line(assignment),
        body_name=assignment.body.name,
        on=rating.on,
        again=again,
        address=address,
    )


def _line(assignment: Assignment) -> Line:
    suggestion = assignment.suggestion
    return Line(number=suggestion.number or "", title=title_for_mail(suggestion), part=str(assignment.part))
