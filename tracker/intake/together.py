"""Who made a suggestion together, and what was put together with it: for its page, its own pages, and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.errors import NotFound
from tracker.intake.actions.withdrawing import find_withdrawal
from tracker.intake.models import Agreement, Answer, CoSigning, Withdrawal
from tracker.intake.rules import number_key
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Deputy
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.journey import MOVES, Stage
from tracker.suggestion.mergers import mergers_of
from tracker.suggestion.models import Merger, Signature, Suggestion
from tracker.suggestion.queries import THIS, visible_to


@dataclass(frozen=True)
class Signer:
    """A co-signer, and what he said when he was asked; nothing where nobody asked him."""

    deputy: Deputy
    asked: CoSigning | None

    @property
    def has_confirmed(self) -> bool:
        return self.asked is not None and self.asked.answer is Answer.YES

    @property
    def has_declined(self) -> bool:
        return self.asked is not None and self.asked.answer is Answer.NO


def signers_with_answers(suggestion_id: int) -> list[Signer]:
    """The co-signers in their order, then those who declined, in one statement."""
    named = sa.select(Signature.deputy_id, Signature.place).where(Signature.suggestion_id == suggestion_id).subquery()
    asked = sa.select(CoSigning).where(CoSigning.suggestion_id == suggestion_id).subquery()
    of = sa.orm.aliased(CoSigning, asked)
    wanted = (
        sa.select(Deputy, of)
        .outerjoin(named, named.c.deputy_id == Deputy.id)
        .outerjoin(of, of.deputy_id == Deputy.id)
        .where(sa.or_(named.c.deputy_id.is_not(None), of.answer == Answer.NO))
        .order_by(named.c.place.is_(None), named.c.place, Deputy.id)
    )
    return [Signer(row[0], row[1]) for row in db.session.execute(wanted)]


def find_co_signing(suggestion_id: int, deputy_id: int | None) -> CoSigning | None:
    wanted = sa.select(CoSigning).where(CoSigning.suggestion_id == suggestion_id, CoSigning.deputy_id == deputy_id)
    return db.session.scalar(wanted)


def latest_agreement(suggestion_id: int, deputy_id: int | None) -> Agreement | None:
    """What a deputy was last asked about the withdrawal of a suggestion, settled or not."""
    wanted = (
        sa.select(Agreement)
        .join(Agreement.withdrawal)
        .where(Withdrawal.suggestion_id == suggestion_id, Agreement.deputy_id == deputy_id)
        .options(sa.orm.contains_eager(Agreement.withdrawal))
        .order_by(Agreement.id.desc())
    )
    return db.session.scalars(wanted.limit(1)).first()


def get_by_number(number: str, beside: Suggestion, visitor: Visitor) -> Suggestion:
    """The suggestion of this number: of the same meeting, else the newest one of the congress.

    :raises NotFound: there is none this visitor may see.
    """
    wanted = (
        visible_to(visitor)
        .where(Suggestion.number_key == number_key(number))
        .options(sa.orm.undefer(Suggestion.text), joinedload(Suggestion.lead_deputy), joinedload(Suggestion.meeting))
        .order_by(sa.case((Suggestion.meeting_id == beside.meeting_id, 0), else_=1), Suggestion.id.desc())
    )
    found = db.session.scalars(wanted.limit(1)).first()
    if found is None:
        raise NotFound
    return found


def asked_to_sign(_who: Anyone) -> sa.Select[Any]:
    return sa.select(CoSigning.id).where(CoSigning.suggestion_id == THIS)


def withdrawing(_who: Anyone) -> sa.Select[Any]:
    return sa.select(Withdrawal.id).where(Withdrawal.suggestion_id == THIS, Withdrawal.settled_on.is_(None))


def put_together(_who: Anyone) -> sa.Select[Any]:
    of_it = sa.or_(Merger.suggestion_id == THIS, Merger.into_id == THIS)
    return sa.select(Merger.id).where(of_it, Merger.undone_on.is_(None))


PARTS = (asked_to_sign, withdrawing, put_together)  # most suggestions have none of it


def facts(suggestion: Suggestion, visitor: Visitor) -> dict[str, Any]:
    """What the suggestion's page tells of all this, and what its visitor may do about it."""
    has_asked, has_withdrawal, has_merger = (not is_empty(one, suggestion_id=suggestion.id) for one in PARTS)
    mergers = [one for one in mergers_of(suggestion.id) if one.undone_on is None] if has_merger else []
    into = next((one for one in mergers if one.suggestion_id == suggestion.id), None)
    withdrawal = find_withdrawal(suggestion.id) if has_withdrawal else None
    signers = [Signer(one.deputy, None) for one in suggestion.signatures]
    if has_asked:
        signers = signers_with_answers(suggestion.id)
    return {
        "signers": signers if visitor.role in (*OFFICE, Role.DEPUTY) else [],
        "liaison": suggestion.delegation if suggestion.lead_deputy_id is None else None,
        "merger": into,
        "merged_in": [one for one in mergers if one.into_id == suggestion.id],
        "withdrawal": withdrawal,
        "must_sign": has_asked and _is_asked_to_sign(suggestion, signers, visitor),
        "must_agree": withdrawal is not None and _is_asked_to_agree(withdrawal, visitor),
        **(_acts(suggestion, into) if visitor.role in OFFICE else dict.fromkeys(_ACTS, False)),
    }


_ACTS = ("may_ask_signers", "may_withdraw", "may_merge", "may_separate")


def _acts(suggestion: Suggestion, into: Merger | None) -> dict[str, bool]:
    """What the office may do now."""
    may = (
        suggestion.stage in MOVES["co_sign"].from_,
        suggestion.stage in MOVES["withdraw"].from_,
        suggestion.stage is Stage.RECORDED,
        into is not None and into.into.stage is Stage.RECORDED,
    )
    return dict(zip(_ACTS, may, strict=True))


def _is_asked_to_sign(suggestion: Suggestion, signers: list[Signer], visitor: Visitor) -> bool:
    if visitor.role is not Role.DEPUTY or suggestion.stage not in MOVES["co_sign"].from_:
        return False
    own = [one.asked for one in signers if one.deputy.id == visitor.deputy_id]
    return any(one is not None and one.answer is None for one in own)


def _is_asked_to_agree(withdrawal: Withdrawal, visitor: Visitor) -> bool:
    if visitor.role is not Role.DEPUTY:
        return False
    return any(one.deputy_id == visitor.deputy_id and one.answer is None for one in withdrawal.agreements)


def unconfirmed() -> sa.ColumnElement[bool]:
    """Recorded suggestions with a co-signer who was asked and has not answered."""
    silent = sa.select(CoSigning.suggestion_id).where(CoSigning.answer.is_(None))
    return sa.and_(Suggestion.stage == Stage.RECORDED, Suggestion.id.in_(silent))


def being_withdrawn() -> sa.ColumnElement[bool]:
    """Suggestions whose withdrawal waits for somebody's agreement."""
    open_ones = sa.select(Withdrawal.suggestion_id).where(Withdrawal.settled_on.is_(None))
    return sa.and_(Suggestion.stage.in_(_ANY_WITHDRAWN), Suggestion.id.in_(open_ones))


def to_sign(deputy_id: int | None) -> sa.ColumnElement[bool]:
    """What a deputy is asked to confirm."""
    silent = sa.select(CoSigning.suggestion_id).where(CoSigning.deputy_id == deputy_id, CoSigning.answer.is_(None))
    return sa.and_(Suggestion.stage.in_(_ANY_SIGNED), Suggestion.id.in_(silent))


def to_agree(deputy_id: int | None) -> sa.ColumnElement[bool]:
    """The withdrawals a deputy is asked to agree to."""
    silent = (
        sa.select(Withdrawal.suggestion_id)
        .join(Withdrawal.agreements)
        .where(Withdrawal.settled_on.is_(None), Agreement.deputy_id == deputy_id, Agreement.answer.is_(None))
    )
    return sa.and_(Suggestion.stage.in_(_ANY_WITHDRAWN), Suggestion.id.in_(silent))


_ANY_SIGNED = [one for one in MOVES["co_sign"].from_ if one is not None]
_ANY_WITHDRAWN = [one for one in MOVES["withdraw"].from_ if one is not None]

__all__ = [
    "Signer",
    "being_withdrawn",
    "facts",
    "find_co_signing",
    "find_withdrawal",
    "get_by_number",
    "latest_agreement",
    "signers_with_answers",
    "to_agree",
    "to_sign",
    "unconfirmed",
]
