"""What several deputies do together in the fictitious city: co-sign, agree to withdraw, be answered as one."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.actor import Actor
from tracker.database import db
from tracker.demo.items import CitySuggestion
from tracker.intake import actions as intake
from tracker.intake.actions.withdrawing import find_withdrawal
from tracker.intake.models import Answer, AnswerWay
from tracker.structure.models import Deputy
from tracker.suggestion.models import Signature, Suggestion

Recorded = list[tuple[CitySuggestion, Suggestion]]
CONFIRMED = 12  # suggestions of a meeting whose co-signers' papers are entered


def confirm(recorded: Recorded, *, by: Actor, on: date) -> None:
    """The papers of the co-signers of some are entered, one after the other."""
    ids = [suggestion.id for _item, suggestion in recorded]
    for suggestion, deputies in _co_signed(ids)[:CONFIRMED]:
        for deputy in deputies:
            paper = by.for_paper_of(deputy.name)
            intake.answer_signing(suggestion, deputy, Answer.YES, way=AnswerWay.PAPER, by=paper, on=on)


def ask(suggestion: Suggestion, *, by: Actor, on: date) -> None:
    """Its co-signers are asked by letter, and have not answered yet."""
    if _co_signed([suggestion.id]):
        intake.ask_to_sign(suggestion, by=by, on=on)


def withdraw(suggestion: Suggestion, reason: str, *, by: Actor, on: date) -> None:
    """All whose suggestion it is have agreed on paper."""
    intake.withdraw(suggestion, reason, by=by, on=on, tell=False)
    under_way = find_withdrawal(suggestion.id)
    for one in under_way.agreements if under_way else []:
        paper = by.for_paper_of(one.deputy.name)
        intake.answer_withdrawal(suggestion, one.deputy, Answer.YES, way=AnswerWay.PAPER, by=paper, on=on)


def merge(recorded: Recorded, reason: str, *, by: Actor, on: date) -> None:
    """The first two that the same body leads, on the same subject, are handled as one."""
    first: dict[tuple[str, str], Suggestion] = {}
    for place, (item, suggestion) in enumerate(recorded):
        stays = first.setdefault((item.lead, item.category), suggestion)
        if stays is not suggestion:
            intake.merge(suggestion, stays, reason, by=by, on=on)
            del recorded[place]
            return


def _co_signed(ids: list[int]) -> list[tuple[Suggestion, list[Deputy]]]:
    wanted = (
        sa.select(Signature)
        .where(Signature.suggestion_id.in_(ids))
        .options(joinedload(Signature.deputy), joinedload(Signature.suggestion))
        .order_by(Signature.suggestion_id, Signature.place)
    )
    found: dict[int, tuple[Suggestion, list[Deputy]]] = {}
    for one in db.session.scalars(wanted):
        found.setdefault(one.suggestion_id, (one.suggestion, []))[1].append(one.deputy)
    return list(found.values())
