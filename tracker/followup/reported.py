"""What was reported of a promise, what was asked about it, and what the deputy said."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.followup.models import Evidence, Fate, Judgement, PromiseReport, YearlyQuestion
from tracker.handling.models import Promise
from tracker.handling.queries import DELIVERED
from tracker.structure.succession import cards_of


def reports_of(promise_ids: list[int]) -> list[PromiseReport]:
    """What was reported of some promises, oldest first, with what shows it and what the deputy said."""
    wanted = (
        sa.select(PromiseReport)
        .where(PromiseReport.promise_id.in_(promise_ids))
        .options(
            selectinload(PromiseReport.evidence).joinedload(Evidence.file),
            selectinload(PromiseReport.judgements).joinedload(Judgement.deputy),
        )
        .order_by(PromiseReport.id)
    )
    return list(db.session.scalars(wanted))


def has_ended(promise_id: int) -> bool:
    """It was withdrawn, or reported kept and the deputy does not say otherwise (or the office counts it as kept)."""
    wanted = (
        sa.select(PromiseReport.fate, Judgement.agrees, Judgement.counts_as_kept)
        .outerjoin(Judgement, Judgement.report_id == PromiseReport.id)
        .where(PromiseReport.promise_id == promise_id)
        .order_by(PromiseReport.id.desc())
        .limit(1)
    )
    last = db.session.execute(wanted).first()
    if last is None:
        return False
    fate, agrees, counts_as_kept = last
    return fate is Fate.WITHDRAWN or (fate is Fate.KEPT and (agrees is not False or bool(counts_as_kept)))


def last_report_id(promise_id: int) -> int | None:
    return db.session.scalar(sa.select(sa.func.max(PromiseReport.id)).where(PromiseReport.promise_id == promise_id))


def last_report(promise: Promise) -> PromiseReport | None:
    """What was last reported of a promise, with the promise itself."""
    number = last_report_id(promise.id)
    found = db.session.get(PromiseReport, number) if number else None
    if found is not None:
        found.promise = promise
    return found


def judgement_of(report_id: int) -> Judgement | None:
    return db.session.scalars(sa.select(Judgement).where(Judgement.report_id == report_id)).first()


def open_question(promise_id: int) -> YearlyQuestion | None:
    """The yearly question about a promise that no report has answered."""
    wanted = sa.select(YearlyQuestion).where(
        YearlyQuestion.promise_id == promise_id, YearlyQuestion.report_id.is_(None)
    )
    return db.session.scalars(wanted.order_by(YearlyQuestion.year.desc()).limit(1)).first()


def questions_of(promise_id: int) -> list[YearlyQuestion]:
    wanted = sa.select(YearlyQuestion).where(YearlyQuestion.promise_id == promise_id).order_by(YearlyQuestion.year)
    return list(db.session.scalars(wanted))


def is_delivered(assignment: Assignment) -> bool:
    return assignment.standing in DELIVERED


def is_same_person(deputy_id: int | None, card_id: int | None) -> bool:
    """Whether two cards are one person's: a deputy elected again keeps what was promised to him."""
    if deputy_id is None or card_id is None or deputy_id == card_id:
        return deputy_id is not None and deputy_id == card_id
    return bool(db.session.scalar(sa.select(sa.literal(card_id).in_(cards_of(deputy_id)))))
