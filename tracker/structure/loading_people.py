"""Officers and deputies of a structure file: who is meant by a row, and what it says of him."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.structure import actions, cards
from tracker.structure.arrival import Loading, term_here
from tracker.structure.meanings import officer_named
from tracker.structure.models import Body, Charge, Deputy, Officer, Rank, Term


def officer(under_way: Loading, facts: dict[str, Any]) -> str:
    """An officer's row; a substitute is looked for when all officers are there."""
    from_on, charges = facts.pop("from_on", under_way.on), facts.pop("in_charge_of", ())
    substitute = facts.pop("substitute_id", "")
    wanted = sa.select(Officer).where(
        Officer.congress_id == under_way.congress_id,
        Officer.name == facts["name"],
        Officer.body_id == facts.get("body_id"),
    )
    same = list(db.session.scalars(wanted.order_by(Officer.id)))
    fitting = [one for one in same if one.rank == facts.get("rank", one.rank)]
    if len(fitting) > 1:
        raise RuleBroken(N_("Several officers are called %(name)s here. Please give the rank."), name=facts["name"])
    if fitting:
        found = fitting[0]
        outcome = "updated" if actions.amend_officer(found, **facts, **under_way.acting) else "unchanged"
    else:
        rank = Rank(facts.pop("rank", Rank.HANDLER))
        found = actions.add_officer(under_way.congress_id, facts.pop("name"), rank, **facts, **under_way.acting)
        outcome = "added"
    if substitute:
        under_way.once_all_are_there(lambda: _stand_in(under_way, found, substitute))
    taken = [_put_in_charge(under_way, found, body_id, from_on) for body_id in charges]
    return "updated" if any(taken) and outcome == "unchanged" else outcome


def _stand_in(under_way: Loading, found: Officer, name: str) -> bool:
    other = officer_named(name, under_way.congress_id)
    return actions.amend_officer(found, substitute_id=other.id, **under_way.acting)


def _put_in_charge(under_way: Loading, found: Officer, body_id: int, from_on: date) -> bool:
    held = sa.select(Charge.id).where(Charge.officer_id == found.id, Charge.body_id == body_id)
    if db.session.scalar(held.where(Charge.until_on.is_(None))) is not None:
        return False
    actions.put_in_charge(found, db.session.get_one(Body, body_id), from_on=from_on, **under_way.acting)
    return True


def deputy(under_way: Loading, facts: dict[str, Any]) -> str:
    """A deputy's row, one card of one term; an earlier card is looked for when all cards are there."""
    earlier = facts.pop("earlier_card", "")
    found = _card(under_way, facts)
    if found is not None:
        outcome = "updated" if actions.amend_deputy(found, **facts, **under_way.acting) else "unchanged"
    else:
        facts.setdefault("term_id", term_here(under_way))
        found = actions.add_deputy(under_way.congress_id, facts.pop("name"), **facts, **under_way.acting)
        outcome = "added"
    card = found
    if earlier:
        under_way.once_all_are_there(lambda: _join_earlier(under_way, card, earlier))
    return outcome


def _card(under_way: Loading, facts: dict[str, Any]) -> Deputy | None:
    """The card meant by a row: of its term, or of none yet; by number, else by name and delegation."""
    term_id = facts.get("term_id") or term_here(under_way)
    own = sa.select(Deputy).where(
        Deputy.congress_id == under_way.congress_id, sa.or_(Deputy.term_id == term_id, Deputy.term_id.is_(None))
    )
    same = own.where(Deputy.name == facts["name"])
    if "delegation_id" in facts:
        same = same.where(Deputy.delegation_id == facts["delegation_id"])
    if number := facts.get("card_number"):
        found = list(db.session.scalars(own.where(Deputy.card_number == number)))
        found = found or list(db.session.scalars(same.where(Deputy.card_number.is_(None))))
    else:
        found = list(db.session.scalars(same))
    if len(found) > 1:
        raise RuleBroken(
            N_("Several deputies are called %(name)s here. Please give the card number."), name=facts["name"]
        )
    return found[0] if found else None


def _join_earlier(under_way: Loading, card: Deputy, named: str) -> bool:
    """Link a card with the latest earlier one of this number (or name, where cards had none)."""
    number = sa.or_(Deputy.card_number == named, sa.and_(Deputy.card_number.is_(None), Deputy.name == named))
    own_ordinal = sa.select(Term.ordinal).where(Term.id == card.term_id).scalar_subquery()
    wanted = (
        sa.select(Deputy)
        .join(Term, Term.id == Deputy.term_id)
        .where(Deputy.congress_id == under_way.congress_id, number, Term.ordinal < own_ordinal)
        .order_by(Term.ordinal.desc(), Deputy.id)
    )
    found = db.session.scalars(wanted.limit(1)).one_or_none()
    if found is None:
        raise RuleBroken(N_("There is no earlier card “%(card)s”."), card=named[:60])
    if found.id in {one.id for one in cards.cards(card)}:
        return False
    cards.join(card, found, **under_way.acting)
    return True
