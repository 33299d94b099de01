"""Who exists, found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.database import db
from tracker.errors import NotFound
from tracker.structure.absence import Reached, reached_at
from tracker.structure.models import (
    Body,
    Charge,
    Congress,
    Delegation,
    Deputy,
    Meeting,
    Officer,
    Pairing,
    Rank,
    Term,
)


def the_congress(congress_id: int | None = None) -> Congress:
    """The congress asked for, or the first one.

    :raises NotFound: there is none yet.
    """
    wanted = sa.select(Congress).order_by(Congress.id).limit(1)
    if congress_id is not None:
        wanted = sa.select(Congress).where(Congress.id == congress_id)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def find_congress() -> Congress | None:
    return db.session.scalar(sa.select(Congress).order_by(Congress.id).limit(1))


def meetings(congress_id: int) -> list[Meeting]:
    """All meetings and recess years, newest first."""
    wanted = (
        sa.select(Meeting).where(Meeting.congress_id == congress_id).order_by(Meeting.year.desc(), Meeting.id.desc())
    )
    return list(db.session.scalars(wanted))


def get_meeting(meeting_id: int, congress_id: int) -> Meeting:
    found = db.session.scalar(sa.select(Meeting).where(Meeting.id == meeting_id, Meeting.congress_id == congress_id))
    if found is None:
        raise NotFound
    return found


def bodies(congress_id: int, *, hub_id: int | None = None) -> list[Body]:
    """The bodies that handle, in the order of the ledger; only those below a hub if one is named."""
    wanted = sa.select(Body).where(Body.congress_id == congress_id, Body.closed_on.is_(None))
    if hub_id is not None:
        wanted = wanted.where(Body.hub_id == hub_id)
    return list(db.session.scalars(wanted.order_by(Body.sort_key, Body.id)))


def body_choices(congress_id: int, *, hub_id: int | None = None) -> list[tuple[int, str]]:
    return [(body.id, body.name) for body in bodies(congress_id, hub_id=hub_id)]


def get_body(body_id: int, congress_id: int) -> Body:
    found = db.session.scalar(sa.select(Body).where(Body.id == body_id, Body.congress_id == congress_id))
    if found is None:
        raise NotFound
    return found


def paired_with(committee_id: int | None) -> set[int]:
    """The bodies a special committee is paired with (对口联系), by their numbers."""
    return set(db.session.scalars(sa.select(Pairing.body_id).where(Pairing.committee_id == committee_id)))


def find_body(name: str, congress_id: int) -> Body | None:
    """A body by its name, short name, or a former name."""
    wanted = sa.select(Body).where(Body.congress_id == congress_id)
    for condition in (Body.name == name, Body.short_name == name, Body.former_names.contains(name, autoescape=True)):
        found = list(db.session.scalars(wanted.where(condition).limit(2)))
        if len(found) == 1:
            return found[0]
    return None


def delegations(congress_id: int, *, all_terms: bool = False) -> list[Delegation]:
    """The delegations of the present term (and those of none), or of all terms."""
    wanted = sa.select(Delegation).where(Delegation.congress_id == congress_id)
    if not all_terms:
        present = _present(congress_id).scalar_subquery()
        wanted = wanted.where(sa.or_(Delegation.term_id.is_(None), Delegation.term_id == present))
    return list(db.session.scalars(wanted.order_by(Delegation.term_id, Delegation.id)))


def present_term(congress_id: int) -> Term | None:
    """The term that runs: the last one that has begun."""
    return db.session.scalar(sa.select(Term).where(Term.id == _present(congress_id).scalar_subquery()))


def _present(congress_id: int) -> sa.Select[tuple[int]]:
    begun = sa.select(Term.id).where(Term.congress_id == congress_id, Term.opened_on <= clock.today())
    return begun.order_by(Term.ordinal.desc()).limit(1)


def deputies(congress_id: int) -> list[Deputy]:
    wanted = (
        sa.select(Deputy)
        .where(Deputy.congress_id == congress_id, Deputy.active.is_(True))
        .options(joinedload(Deputy.delegation))
        .order_by(Deputy.delegation_id, Deputy.id)
    )
    return list(db.session.scalars(wanted))


def deputy_choices(congress_id: int) -> list[tuple[int, str]]:
    return [
        (deputy.id, f"{deputy.name}({deputy.delegation.name})" if deputy.delegation else deputy.name)
        for deputy in deputies(congress_id)
    ]


def find_deputies(name: str, congress_id: int) -> list[Deputy]:
    """All deputies of this name: several people may share one."""
    return list(db.session.scalars(sa.select(Deputy).where(Deputy.congress_id == congress_id, Deputy.name == name)))


def officers_of(body_ids: Iterable[int], *ranks: Rank, on: date | None = None) -> list[Reached]:
    """Who reads on a day (today) what is meant for the officers of some bodies, or for those of certain ranks.

    For an officer who is absent it is his substitute; `body_id` and `rank` are those of the officer meant.
    """
    return reached_at(body_ids, *ranks, on=on or clock.today())


def terms(congress_id: int) -> list[Term]:
    """All terms, newest first."""
    wanted = sa.select(Term).where(Term.congress_id == congress_id).order_by(Term.ordinal.desc())
    return list(db.session.scalars(wanted))


def get_term(term_id: int, congress_id: int) -> Term:
    """:raises NotFound: there is none in this congress."""
    return _get(Term, term_id, congress_id)


def get_officer(officer_id: int, congress_id: int) -> Officer:
    """:raises NotFound: there is none in this congress."""
    return _get(Officer, officer_id, congress_id)


def get_deputy(deputy_id: int, congress_id: int) -> Deputy:
    """:raises NotFound: there is none in this congress."""
    return _get(Deputy, deputy_id, congress_id)


def get_delegation(delegation_id: int, congress_id: int) -> Delegation:
    """:raises NotFound: there is none in this congress."""
    return _get(Delegation, delegation_id, congress_id)


def charges_of(body_ids: Iterable[int], *, on: date) -> list[tuple[Charge, Officer]]:
    """Who is in charge (分管) of some bodies on a day, both ends included; officers who have left are not."""
    wanted = (
        sa.select(Charge, Officer)
        .join(Officer, Officer.id == Charge.officer_id)
        .where(Charge.body_id.in_(list(body_ids)), Officer.active.is_(True), Charge.from_on <= on)
        .where(sa.or_(Charge.until_on.is_(None), Charge.until_on >= on))
        .order_by(Charge.body_id, Charge.from_on, Charge.id)
    )
    return [(charge, officer) for charge, officer in db.session.execute(wanted)]


def _get(kind: Any, number: int, congress_id: int) -> Any:
    found = db.session.scalar(sa.select(kind).where(kind.id == number, kind.congress_id == congress_id))
    if found is None:
        raise NotFound
    return found
