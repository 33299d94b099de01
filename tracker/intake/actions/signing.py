"""Who signed a suggestion beside its lead deputy, and whether he confirmed it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.intake import letters
from tracker.intake.actions.waiting import hold
from tracker.intake.content import Content
from tracker.intake.models import Answer, Answered, AnswerWay, CoSigning
from tracker.structure.models import Delegation, Deputy
from tracker.suggestion.actions import make
from tracker.suggestion.models import Signature, Suggestion


def sign(suggestion: Suggestion, deputy_ids: Iterable[int]) -> None:
    others = [one for one in dict.fromkeys(deputy_ids) if one != suggestion.lead_deputy_id]
    db.session.add_all(
        Signature(suggestion_id=suggestion.id, deputy_id=one, place=place) for place, one in enumerate(others, start=1)
    )


def must_name_liaison(content: Content) -> None:
    """A delegation's suggestion needs no co-signer, but somebody the bodies can speak with.

    :raises RuleBroken: the delegation has no liaison.
    """
    if content.lead_deputy_id is not None or content.delegation_id is None:
        return
    delegation = db.session.get_one(Delegation, content.delegation_id)
    if not (delegation.liaison_name or "").strip():
        raise RuleBroken(N_("Name the liaison of the %(name)s first, under Structure."), name=delegation.name)


def sign_anew(suggestion: Suggestion, content: Content) -> bool:
    """Whether the co-signers were others than those named now; what those who stay have confirmed stays too."""
    wanted = sa.select(Signature).where(Signature.suggestion_id == suggestion.id).order_by(Signature.place)
    signed = list(db.session.scalars(wanted))
    named = [one for one in dict.fromkeys(content.co_signer_ids) if one != suggestion.lead_deputy_id]
    if [row.deputy_id for row in signed] == named:
        return False
    for row in signed:
        db.session.delete(row)
    db.session.flush()
    sign(suggestion, named)
    return True


def ask_to_sign(suggestion: Suggestion, *, by: Actor, on: date, tell: bool = True) -> list[CoSigning]:
    """Ask every co-signer who has not been asked, or declined before and is named again, to confirm (附议确认).

    :raises RuleBroken: all have been asked, or it has been handed over.
    """
    hold(suggestion)
    asked = {row.deputy_id: row for row in _asked(suggestion)}
    wanted = sa.select(Deputy).join(Signature, Signature.deputy_id == Deputy.id)
    deputies = db.session.scalars(wanted.where(Signature.suggestion_id == suggestion.id).order_by(Signature.place))
    new = [one for one in deputies if one.id not in asked or asked[one.id].answer is Answer.NO]
    if not new:
        raise RuleBroken(N_("Every co-signer has been asked."))
    make("ask_to_sign", suggestion, by=by, on=on, deputies=[one.name for one in new])
    rows = [_ask(suggestion, deputy, on) for deputy in new]
    db.session.flush()
    if tell:
        letters.asked_to_sign(rows, suggestion)
    return rows


def answer_signing(
    suggestion: Suggestion, deputy: Deputy, answer: Answer, *, way: AnswerWay, by: Actor, on: date, note: str = ""
) -> CoSigning:
    """A co-signer confirms, or declines and is no co-signer any more; the answer is kept either way.

    After the hand-over nobody declines: what is being handled is withdrawn by all who signed it, or by nobody.

    :raises RuleBroken: he is not named as a co-signer, has confirmed already, or it has been handed over.
    """
    hold(suggestion)
    signed = sa.select(Signature).where(Signature.suggestion_id == suggestion.id, Signature.deputy_id == deputy.id)
    signature = db.session.scalar(signed)
    if signature is None:
        raise RuleBroken(N_("%(name)s is not named as a co-signer."), name=deputy.name)
    row = next((one for one in _asked(suggestion) if one.deputy_id == deputy.id), None) or _ask(suggestion, deputy, on)
    if row.answer is Answer.YES and answer is Answer.YES:
        raise RuleBroken(N_("%(name)s has confirmed already."), name=deputy.name)
    move_facts: dict[str, Any] = {"deputy": deputy.name, "way": str(way), "note": note}
    if answer is Answer.YES:
        make("co_sign", suggestion, by=by, on=on, **move_facts)
    else:
        make("decline_to_sign", suggestion, by=by, on=on, **move_facts)
        db.session.delete(signature)
    keep(row, answer, way=way, by=by, on=on, note=note)
    db.session.flush()
    return row


def keep(row: Answered, answer: Answer, *, way: AnswerWay, by: Actor, on: date, note: str) -> None:
    """What was said, how it came, and who wrote it down."""
    row.answer, row.way, row.answered_on, row.entered_by, row.note = answer, way, on, by.name, note


def _asked(suggestion: Suggestion) -> list[CoSigning]:
    return list(db.session.scalars(sa.select(CoSigning).where(CoSigning.suggestion_id == suggestion.id)))


def _ask(suggestion: Suggestion, deputy: Deputy, on: date) -> CoSigning:
    wanted = sa.select(CoSigning).where(CoSigning.suggestion_id == suggestion.id, CoSigning.deputy_id == deputy.id)
    row = db.session.scalar(wanted)
    if row is None:
        row = CoSigning(suggestion_id=suggestion.id, deputy_id=deputy.id, asked_on=on)
        db.session.add(row)
    row.asked_on, row.answer, row.answered_on, row.way, row.note = on, None, None, None, ""
    return row
