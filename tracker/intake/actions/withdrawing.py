"""Taking a suggestion back: at once where one deputy made it, and with the consent of all where several did."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.intake import letters
from tracker.intake.actions.checking import needs
from tracker.intake.actions.signing import keep
from tracker.intake.actions.waiting import hold, stop_clocks
from tracker.intake.models import Agreement, Answer, AnswerWay, Withdrawal
from tracker.structure.models import Deputy
from tracker.suggestion.actions import make
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import deputies_of


def withdraw(suggestion: Suggestion, reason: str, *, by: Actor, on: date, tell: bool = True) -> Withdrawal:
    """The lead deputy takes it back (上海规定 9; 山东条例 14). Where others signed it, or theirs was merged into it,
    they are asked, and it goes once all have agreed; until then it is handled on. Nothing is deleted.

    :raises RuleBroken: the reason is missing, a withdrawal is under way, or it has been answered.
    """
    needs(reason)
    hold(suggestion)
    if find_withdrawal(suggestion.id) is not None:
        raise RuleBroken(N_("A withdrawal is under way already."))
    withdrawal = Withdrawal(suggestion_id=suggestion.id, asked_on=on, asked_by=by.name, reason=reason)
    db.session.add(withdrawal)
    db.session.flush()
    others = must_agree(suggestion)
    if not others:
        _carry_out(withdrawal, suggestion, by=by, on=on, tell=tell)
        return withdrawal
    make("ask_withdrawal", suggestion, by=by, on=on, reason=reason)
    db.session.add_all(Agreement(withdrawal_id=withdrawal.id, deputy_id=one) for one in others)
    db.session.flush()
    if tell:
        letters.asked_to_withdraw(withdrawal, suggestion, others)
    return withdrawal


def answer_withdrawal(
    suggestion: Suggestion, deputy: Deputy, answer: Answer, *, way: AnswerWay, by: Actor, on: date, note: str = ""
) -> Withdrawal:
    """A deputy agrees, or does not; the last to agree takes it back, one no ends the withdrawal.

    :raises RuleBroken: no withdrawal is under way, he is not asked, or he has answered.
    """
    hold(suggestion)
    withdrawal = find_withdrawal(suggestion.id)
    if withdrawal is None:
        raise RuleBroken(N_("No withdrawal is under way."))
    row = next((one for one in withdrawal.agreements if one.deputy_id == deputy.id), None)
    if row is None:
        raise RuleBroken(N_("%(name)s is not asked to agree."), name=deputy.name)
    if row.answer is not None:
        raise RuleBroken(N_("%(name)s has answered already."), name=deputy.name)
    keep(row, answer, way=way, by=by, on=on, note=note)
    facts: dict[str, Any] = {"deputy": deputy.name, "way": str(way), "note": note}
    if answer is Answer.NO:
        make("refuse_to_withdraw", suggestion, by=by, on=on, **facts)
        withdrawal.settled_on, withdrawal.done = on, False
        return withdrawal
    make("agree_to_withdraw", suggestion, by=by, on=on, **facts)
    if all(one.answer is Answer.YES for one in withdrawal.agreements):
        _carry_out(withdrawal, suggestion, by=by, on=on, tell=True)
    return withdrawal


def drop_withdrawal(suggestion: Suggestion, *, by: Actor, on: date) -> None:
    """The lead deputy no longer wants it back.

    :raises RuleBroken: no withdrawal is under way.
    """
    hold(suggestion)
    withdrawal = find_withdrawal(suggestion.id)
    if withdrawal is None:
        raise RuleBroken(N_("No withdrawal is under way."))
    make("drop_withdrawal", suggestion, by=by, on=on)
    withdrawal.settled_on, withdrawal.done = on, False


def must_agree(suggestion: Suggestion) -> list[int]:
    """The deputies who must agree beside the lead: who signed it too, and those whose own was merged into it."""
    return [one for _id, one in deputies_of([suggestion.id]) if one != suggestion.lead_deputy_id]


def find_withdrawal(suggestion_id: int) -> Withdrawal | None:
    """The withdrawal under way, with its agreements as they stand now."""
    wanted = (
        sa.select(Withdrawal)
        .where(Withdrawal.suggestion_id == suggestion_id, Withdrawal.settled_on.is_(None))
        .options(selectinload(Withdrawal.agreements).joinedload(Agreement.deputy))
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(wanted)


def _carry_out(withdrawal: Withdrawal, suggestion: Suggestion, *, by: Actor, on: date, tell: bool) -> None:
    make("withdraw", suggestion, by=by, on=on, reason=withdrawal.reason)
    stop_clocks(suggestion, on, "withdrawn")
    withdrawal.settled_on, withdrawal.done = on, True
    if tell:
        letters.withdrawn(suggestion, withdrawal, on)
