"""A deputy across terms: the same person holds a new card in each, and keeps what was done under the old ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.structure import actions
from tracker.structure.models import Delegation, Deputy, Term
from tracker.structure.succession import cards_of

COPIED = ("name", "email", "phone", "address", "employer", "heads_body_id", "language")


def cards(deputy: Deputy) -> list[Deputy]:
    """All cards of the person who holds this one, the newest term first."""
    return _shown(Deputy.id.in_(cards_of(deputy.id)))


def namesakes(deputy: Deputy) -> list[Deputy]:
    """Cards of this name in other terms that are not known to be the same person's; two people may share a name."""
    own = cards_of(deputy.id)
    terms = sa.select(Deputy.term_id).where(Deputy.id.in_(own), Deputy.term_id.is_not(None))
    other = sa.and_(Deputy.id.not_in(own), sa.or_(Deputy.term_id.is_(None), Deputy.term_id.not_in(terms)))
    return _shown(Deputy.congress_id == deputy.congress_id, Deputy.name == deputy.name, other)


def new_card(
    deputy: Deputy,
    term: Term,
    *,
    by: Actor,
    at: datetime,
    card_number: str | None = None,
    delegation: Delegation | None = None,
) -> Deputy:
    """The person is elected again: a card of the new term, with the old one's contacts; the old one has ended.

    :raises RuleBroken: the person has a card in that term already, or as `add_deputy`.
    """
    if any(card.term_id == term.id for card in cards(deputy)):
        raise RuleBroken(N_("%(name)s has a card in this term already."), name=deputy.name)
    given: dict[str, Any] = {name: getattr(deputy, name) for name in COPIED}
    made = actions.add_deputy(
        deputy.congress_id,
        given.pop("name"),
        by=by,
        at=at,
        term_id=term.id,
        first_card_id=deputy.first_card_id or deputy.id,
        card_number=card_number,
        delegation_id=delegation.id if delegation else None,
        **given,
    )
    actions.amend_deputy(deputy, active=False, by=by, at=at)
    return made


def join(deputy: Deputy, other: Deputy, *, by: Actor, at: datetime) -> None:
    """Two cards are one person's, and so are all others linked to either of them.

    :raises RuleBroken: another congress, one and the same card, or both cards are of one term.
    """
    if deputy.congress_id != other.congress_id:
        raise RuleBroken(N_("%(name)s belongs to another congress."), name=other.name)
    mine, theirs = cards(deputy), cards(other)
    if {card.id for card in mine} & {card.id for card in theirs}:
        raise RuleBroken(N_("This is known to be the same person."))
    terms = [card.term_id for card in (*mine, *theirs) if card.term_id is not None]
    if len(set(terms)) != len(terms):
        raise RuleBroken(N_("Nobody holds two cards in one term."))
    first = min((*mine, *theirs), key=lambda card: (card.term.ordinal if card.term else 0, card.id))
    for card in (*mine, *theirs):
        card.first_card_id = None if card is first else first.id
    trace("cards_joined", by, at=at, deputy=deputy.id, other=other.id)


def part(deputy: Deputy, *, by: Actor, at: datetime) -> None:
    """This card was somebody else's after all: it stands alone again, the others stay together."""
    others = [card for card in cards(deputy) if card.id != deputy.id]
    if deputy.first_card_id is None and others:
        first = min(others, key=lambda card: (card.term.ordinal if card.term else 0, card.id))
        for card in others:
            card.first_card_id = None if card is first else first.id
    deputy.first_card_id = None
    trace("card_parted", by, at=at, deputy=deputy.id)


def end_earlier(term: Term, *, by: Actor, at: datetime) -> int:
    """With the new term, the mandates of earlier ones have ended; answers how many cards that closed."""
    before = sa.select(Term.id).where(Term.congress_id == term.congress_id, Term.ordinal < term.ordinal)
    ended = list(db.session.scalars(sa.select(Deputy).where(Deputy.term_id.in_(before), Deputy.active.is_(True))))
    for deputy in ended:
        deputy.active = False
        deputy.version += 1
    trace("mandates_ended", by, at=at, term=term.id, count=len(ended))
    return len(ended)


def _shown(*which: sa.ColumnElement[bool]) -> list[Deputy]:
    wanted = (
        sa.select(Deputy)
        .outerjoin(Term, Term.id == Deputy.term_id)
        .where(*which)
        .options(joinedload(Deputy.delegation), joinedload(Deputy.term))
        .order_by(sa.func.coalesce(Term.ordinal, 0).desc(), Deputy.id.desc())
    )
    return list(db.session.scalars(wanted))
