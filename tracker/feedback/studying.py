"""The office studies why a deputy is dissatisfied: it has the body handle it again, or explains (上海规定 21)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.chosen import Rehandling
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Holder
from tracker.dispatch import actions as dispatch
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.feedback import letters
from tracker.feedback.models import Finding, Rating, Study
from tracker.feedback.versions import DISSATISFIED, LATEST
from tracker.handling.clocks import begin
from tracker.handling.models import Reply
from tracker.handling.queries import hold
from tracker.suggestion.actions import make
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion

OVER = (Stage.CLOSED, Stage.WITHDRAWN)
# No finding yet, or the last one was an explanation after which the deputy stays dissatisfied.
UNDECIDED = ~sa.exists().where(Study.rating_id == Rating.id, Study.kept_on.is_(None))


# Of a rating joined with its reply, assignment and suggestion.
PENDING = sa.and_(
    DISSATISFIED,
    LATEST,
    UNDECIDED,
    Rating.deputy_id == Suggestion.lead_deputy_id,
    Assignment.standing == Standing.RATED,
    Suggestion.stage.not_in(OVER),
)


def begins_at_once(rating: Rating, assignment: Assignment) -> bool:
    """Whether the rules of this suggestion open the next round without asking (河南办法 22), and it is still open."""
    at_once = law_of(assignment).rules.rehandling is Rehandling.AT_ONCE
    return at_once and rating.is_dissatisfied and assignment.suggestion.stage not in OVER


def follow(rating: Rating, reply: Reply, *, on: date, tell: bool = True) -> None:
    """What follows from the lead deputy's rating: nothing, a new round, or our own time to study it.

    What was closed meanwhile stays closed; the office finds the rating among the dissatisfied.
    """
    assignment = reply.assignment
    if not rating.is_dissatisfied or assignment.suggestion.stage in OVER:
        return
    if begins_at_once(rating, assignment):
        _again(rating, reply, by=SYSTEM, on=on, tell=tell)
    else:
        _await_study(reply, on)


def study(rating: Rating, finding: Finding, note: str, *, by: Actor, on: date, tell: bool = True) -> Study:
    """The office decides what becomes of a dissatisfied rating, and tells the deputy: it is handled again in a new
    round with its own clock, or this is why not.

    :raises RuleBroken: it does not wait for a decision, or an explanation says nothing.
    """
    reply = rating.reply
    assignment = reply.assignment
    hold(assignment)
    if not is_pending(rating):
        raise RuleBroken(N_("This rating does not wait for a decision."))
    if finding is Finding.EXPLAINED and not note.strip():
        raise RuleBroken(N_("Write what you explain to the deputy."))
    make("study", assignment.suggestion, assignment, by=by, on=on, finding=str(finding))
    for running in deadlines.open_for(kind=Kind.STUDY, reply_id=reply.id):
        clocks.meet(running, on=on)
    made = Study(rating_id=rating.id, on=on, finding=finding, note=note, by_name=by.name)
    db.session.add(made)
    db.session.flush()
    if finding is Finding.AGAIN:
        _again(rating, reply, by=by, on=on, tell=tell)
    if tell:
        letters.studied(made, rating, reply)
    return made


def keep(rating: Rating, *, by: Actor, on: date) -> Study:
    """The deputy has read the explanation and stays dissatisfied: the office has its time again to decide.

    :raises RuleBroken: nothing was explained to him, or he has answered.
    """
    assignment = rating.reply.assignment
    hold(assignment)
    open_ones = sa.select(Study).where(
        Study.rating_id == rating.id, Study.finding == Finding.EXPLAINED, Study.kept_on.is_(None)
    )
    explained = db.session.scalars(open_ones).first()
    if explained is None or assignment.standing is not Standing.RATED:
        raise RuleBroken(N_("No explanation waits for an answer."))
    explained.kept_on, explained.kept_by = on, by.name
    make("keep_rating", assignment.suggestion, assignment, by=by, on=on)
    if assignment.suggestion.stage not in OVER:
        _await_study(rating.reply, on)
    db.session.flush()
    return explained


def is_pending(rating: Rating) -> bool:
    """Whether this rating waits for the office's decision."""
    return db.session.scalar(pending().where(Rating.id == rating.id)) is not None


def pending() -> sa.Select[tuple[Rating]]:
    """The lead deputies' ratings that wait for the office's decision."""
    return sa.select(Rating).join(Rating.reply).join(Reply.assignment).join(Assignment.suggestion).where(PENDING)


def must_be_done(suggestion: Suggestion, note: str) -> None:
    """Nothing is closed over a dissatisfied rating nobody looked at; after an explanation, not without a word.

    :raises RuleBroken: a rating was not studied, or the deputy keeps it and nobody says why it is closed.
    """
    wanted = pending().where(Suggestion.id == suggestion.id).options(sa.orm.selectinload(Rating.studies))
    for rating in db.session.scalars(wanted):
        if not rating.studies:
            raise RuleBroken(N_("Decide first what becomes of the dissatisfied rating."))
        if not note.strip():
            raise RuleBroken(N_("The deputy stays dissatisfied: say why it is closed all the same."))


def whole_rating() -> sa.Select[tuple[Rating]]:
    """A rating with all that is acted on: its reply, assignment, body and suggestion, and what was found of it."""
    return (
        sa.select(Rating)
        .join(Rating.reply)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .options(
            joinedload(Rating.deputy),
            joinedload(Rating.scan),
            sa.orm.selectinload(Rating.studies),
            contains_eager(Rating.reply)
            .contains_eager(Reply.assignment)
            .options(
                joinedload(Assignment.body),
                contains_eager(Assignment.suggestion).joinedload(Suggestion.lead_deputy),
            ),
        )
    )


def _await_study(reply: Reply, on: date) -> None:
    law = law_of(reply.assignment)
    begin(Kind.STUDY, law, reply.assignment, on=on, holder=Holder.OFFICE, reply_id=reply.id)


def _again(rating: Rating, reply: Reply, *, by: Actor, on: date, tell: bool) -> None:
    dispatch.renew(reply.assignment, by=by, on=on, tell=tell)
    if tell:
        letters.dissatisfied(rating, reply, reply.assignment)
