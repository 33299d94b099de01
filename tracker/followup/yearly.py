"""Once a year bodies are asked how promises stand, and deputies whether that is so: one letter for each person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.followup.models import FollowingChoice, Judgement, PromiseReport, YearlyQuestion
from tracker.followup.rules import (
    B_LIKE,
    DEPUTYS_DAYS,
    MONTHS,
    USUAL_MONTH,
    asking_day,
    is_asking_time,
    to_be_answered_by,
)
from tracker.handling.models import Promise, Reply
from tracker.structure.models import Deputy, Term
from tracker.structure.succession import cards_of
from tracker.suggestion.models import Suggestion
from tracker.workdays import queries as workdays
from tracker.workdays.rules import add_working_days


def receipts_month(congress_id: int) -> int:
    """The month from which this congress asks its bodies: 1 to 12, October unless it chose otherwise."""
    chosen = db.session.get(FollowingChoice, congress_id)
    return chosen.receipts_month if chosen else USUAL_MONTH


def choose_month(congress_id: int, month: int, *, by: Actor, on: date) -> FollowingChoice:
    """The congress asks its bodies from this month on, every year.

    :raises RuleBroken: there is no such month.
    """
    if month not in MONTHS:
        raise RuleBroken(N_("There are twelve months."))
    made = db.session.get(FollowingChoice, congress_id) or FollowingChoice(congress_id=congress_id)
    made.receipts_month, made.chosen_on, made.chosen_by = month, on, by.name
    db.session.add(made)
    db.session.flush()
    return made


def ask_bodies(congress_id: int, *, on: date) -> list[tuple[YearlyQuestion, int]]:
    """Ask about every open promise of a reply that is not done yet, once a year (重庆条例 28); what was asked this year
    already, or promised after the asking day, is left out. Answers the new questions, each with the body that holds it.
    """
    month = receipts_month(congress_id)
    if not is_asking_time(on, month):
        return []
    asked = sa.select(YearlyQuestion.id).where(YearlyQuestion.promise_id == Promise.id, YearlyQuestion.year == on.year)
    wanted = (
        sa.select(Promise.id, Deadline.holder_body_id, Assignment.body_id)
        .join(Promise.assignment)
        .join(Promise.reply)
        .join(Deadline, sa.and_(Deadline.promise_id == Promise.id, Deadline.kind == Kind.PROMISE, IS_OPEN))
        .where(
            Promise.congress_id == congress_id,
            Reply.outcome.in_(B_LIKE),
            Deadline.started_on < asking_day(on.year, month),
            sa.not_(asked.exists()),
        )
        .order_by(Promise.id)
    )
    until_on, made = to_be_answered_by(on), []
    for promise_id, holder_id, body_id in db.session.execute(wanted).all():
        question = YearlyQuestion(promise_id=promise_id, year=on.year, asked_on=on, until_on=until_on)
        db.session.add(question)
        made.append((question, holder_id or body_id))
    db.session.flush()
    return made


def promises_asked(promise_ids: Sequence[int]) -> dict[int, Promise]:
    """Promises with all a letter says of them."""
    found: dict[int, Promise] = {}
    for start in range(0, len(promise_ids), 500):
        wanted = (
            sa.select(Promise)
            .join(Promise.assignment)
            .join(Assignment.suggestion)
            .where(Promise.id.in_(promise_ids[start : start + 500]))
            .options(
                contains_eager(Promise.assignment).options(
                    joinedload(Assignment.body), contains_eager(Assignment.suggestion)
                )
            )
        )
        found |= {one.id: one for one in db.session.scalars(wanted)}
    return found


def ask_deputies(congress_id: int, *, on: date) -> list[tuple[Judgement, PromiseReport]]:
    """Ask the lead deputy about every report he has not been asked about; of two reports the newer one counts.

    A deputy elected again is asked under the card he holds now. He has 20 working days (our own time); silence after
    them is counted as not answered, and he may still say it.
    """
    newer = sa.orm.aliased(PromiseReport)
    wanted = (
        sa.select(PromiseReport, Suggestion.lead_deputy_id)
        .join(PromiseReport.promise)
        .join(Promise.assignment)
        .join(Assignment.suggestion)
        .where(
            Promise.congress_id == congress_id,
            PromiseReport.to_be_judged.is_(True),
            Suggestion.lead_deputy_id.is_not(None),
            ~sa.select(Judgement.id).where(Judgement.report_id == PromiseReport.id).exists(),
            ~sa.select(newer.id)
            .where(newer.promise_id == PromiseReport.promise_id, newer.id > PromiseReport.id)
            .exists(),
        )
        .order_by(PromiseReport.id)
    )
    until_on = add_working_days(on, DEPUTYS_DAYS, workdays.calendar(congress_id))
    made = []
    for report, lead_id in db.session.execute(wanted).all():
        said = Judgement(report_id=report.id, deputy_id=present_card(lead_id), asked_on=on, until_on=until_on)
        db.session.add(said)
        made.append((said, report))
    db.session.flush()
    return made


def present_card(deputy_id: int) -> int:
    """The card of the newest term that the holder of this one has."""
    wanted = (
        sa.select(Deputy.id)
        .outerjoin(Term, Term.id == Deputy.term_id)
        .where(Deputy.id.in_(cards_of(deputy_id)))
        .order_by(Deputy.active.desc(), sa.func.coalesce(Term.ordinal, 0).desc(), Deputy.id.desc())
    )
    return db.session.scalar(wanted.limit(1)) or deputy_id
