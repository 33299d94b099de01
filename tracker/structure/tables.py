"""The structure's own lists and pages: what they show, in few statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from tracker.database import db
from tracker.errors import NotFound
from tracker.structure.models import Body, Branch, Charge, Congress, Delegation, Deputy, Officer, Pairing, Rank, Term
from tracker.structure.queries import bodies


def counts(congress_id: int) -> dict[str, int]:
    """How many there are of each, those that are closed or have left not counted; one statement."""
    parts: dict[str, sa.Select[tuple[int]]] = {
        "bodies": _count(Body, congress_id).where(Body.closed_on.is_(None)),
        "officers": _count(Officer, congress_id).where(Officer.active.is_(True)),
        "delegations": _count(Delegation, congress_id),
        "deputies": _count(Deputy, congress_id).where(Deputy.active.is_(True)),
        "unreachable": _count(Body, congress_id).where(Body.closed_on.is_(None), ~_has_officer()),
    }
    row = db.session.execute(sa.select(*(part.scalar_subquery().label(name) for name, part in parts.items()))).one()
    return dict(row._mapping)


@dataclass(frozen=True)
class BodyRow:
    """A body as its list shows it; `officers` counts those who are in office."""

    body: Body
    hub_name: str | None
    officers: int


def body_rows(
    congress_id: int, *, hub_id: int | None = None, branch: Branch | None = None, with_closed: bool = False
) -> list[BodyRow]:
    """All bodies in the order of the ledger; only a hub and those below it if one is named."""
    hub = sa.orm.aliased(Body)
    staffed = (
        sa.select(Officer.body_id, sa.func.count().label("number"))
        .where(Officer.congress_id == congress_id, Officer.active.is_(True))
        .group_by(Officer.body_id)
        .subquery()
    )
    wanted = (
        sa.select(Body, hub.name, sa.func.coalesce(staffed.c.number, 0))
        .outerjoin(hub, hub.id == Body.hub_id)
        .outerjoin(staffed, staffed.c.body_id == Body.id)
        .where(Body.congress_id == congress_id)
        .order_by(Body.closed_on.is_not(None), Body.sort_key, Body.id)
    )
    if hub_id is not None:
        wanted = wanted.where(sa.or_(Body.hub_id == hub_id, Body.id == hub_id))
    if branch is not None:
        wanted = wanted.where(Body.branch == branch)
    if not with_closed:
        wanted = wanted.where(Body.closed_on.is_(None))
    return [BodyRow(*row) for row in db.session.execute(wanted)]


def relatives(congress: Congress) -> list[Congress]:
    """The congress above this one and those below it, as far as they keep their ledgers here."""
    wanted = sa.select(Congress).where(sa.or_(Congress.id == congress.parent_id, Congress.parent_id == congress.id))
    return list(db.session.scalars(wanted.order_by(Congress.parent_id, Congress.id)))


def congress_choices(congress_id: int) -> list[tuple[int, str]]:
    """The other congresses of this house."""
    others = sa.select(Congress.id, Congress.name).where(Congress.id != congress_id).order_by(Congress.id)
    return [(number, name) for number, name in db.session.execute(others)]


def hub_choices(congress_id: int) -> list[tuple[int, str]]:
    """The open hubs."""
    return [(body.id, body.name) for body in bodies(congress_id) if body.is_hub]


def committee_choices(congress_id: int) -> list[tuple[int, str]]:
    """The special committees."""
    return [(body.id, body.name) for body in bodies(congress_id) if body.is_committee]


def all_officers_of(body: Body) -> list[Officer]:
    """The officers of a body, those who have left last."""
    wanted = sa.select(Officer).where(Officer.body_id == body.id).options(joinedload(Officer.substitute))
    return list(db.session.scalars(wanted.order_by(Officer.active.desc(), Officer.id)))


def officer_rows(congress_id: int, *, search: str = "", hub_id: int | None = None) -> list[Officer]:
    """Officers in office with their bodies, leaders above all bodies first; found by a part of name, title or body."""
    wanted = (
        sa.select(Officer)
        .outerjoin(Officer.body)
        .options(contains_eager(Officer.body), joinedload(Officer.substitute))
        .where(Officer.congress_id == congress_id, Officer.active.is_(True))
        .order_by(Officer.body_id.is_not(None), Body.sort_key, Body.id, Officer.id)
    )
    if search:
        fits = [column.contains(search, autoescape=True) for column in (Officer.name, Officer.title, Body.name)]
        wanted = wanted.where(sa.or_(*fits))
    if hub_id is not None:
        wanted = wanted.where(sa.or_(Body.hub_id == hub_id, Body.id == hub_id))
    return list(db.session.scalars(wanted))


def substitute_choices(congress_id: int, officer_id: int | None = None) -> list[tuple[int, str]]:
    """Who may stand in for an officer: everybody else in office."""
    officers = [one for one in officer_rows(congress_id) if one.id != officer_id]
    return [(one.id, f"{one.name}({one.body.name if one.body else one.title})") for one in officers]


def leader_choices(congress_id: int) -> list[tuple[int, str]]:
    """Who may be put in charge of a body: officers in office, handlers left out."""
    officers = officer_rows(congress_id)
    return [
        (one.id, f"{one.name}({one.title})" if one.title else one.name) for one in officers if one.rank != Rank.HANDLER
    ]


def get_charge(charge_id: int, body: Body) -> Charge:
    """:raises NotFound: there is none for this body."""
    found = db.session.scalar(sa.select(Charge).where(Charge.id == charge_id, Charge.body_id == body.id))
    if found is None:
        raise NotFound
    return found


def pairings_of(body: Body) -> list[tuple[Pairing, Body]]:
    """The special committees that watch a body."""
    wanted = sa.select(Pairing, Body).join(Body, Body.id == Pairing.committee_id).where(Pairing.body_id == body.id)
    return [(pairing, committee) for pairing, committee in db.session.execute(wanted.order_by(Body.sort_key, Body.id))]


def watched_by(committee: Body) -> list[Body]:
    """The bodies that a special committee watches."""
    wanted = sa.select(Body).join(Pairing, Pairing.body_id == Body.id).where(Pairing.committee_id == committee.id)
    return list(db.session.scalars(wanted.order_by(Body.sort_key, Body.id)))


def delegation_rows(congress_id: int) -> list[tuple[Delegation, int, int | None]]:
    """The delegations of all terms with the number of their deputies and of the term, the newest term first."""
    wanted = (
        sa.select(Delegation, sa.func.count(Deputy.id), Term.ordinal)
        .outerjoin(Deputy, sa.and_(Deputy.delegation_id == Delegation.id, Deputy.active.is_(True)))
        .where(Delegation.congress_id == congress_id)
        .outerjoin(Term, Term.id == Delegation.term_id)
        .group_by(Delegation.id, Term.ordinal)
        .order_by(sa.func.coalesce(Term.ordinal, 0).desc(), Delegation.id)
    )
    return [(delegation, number, ordinal) for delegation, number, ordinal in db.session.execute(wanted)]


def deputies_found(congress_id: int, *, search: str = "", delegation_id: int | None = None) -> sa.Select[tuple[Deputy]]:
    """Deputies of a delegation, or found by a part of name, card number or employer; those who have left come last."""
    wanted = (
        sa.select(Deputy)
        .where(Deputy.congress_id == congress_id)
        .options(joinedload(Deputy.delegation), joinedload(Deputy.term))
        .order_by(Deputy.active.desc(), Deputy.delegation_id, Deputy.id)
    )
    if search:
        fits = [
            column.contains(search, autoescape=True) for column in (Deputy.name, Deputy.card_number, Deputy.employer)
        ]
        wanted = wanted.where(sa.or_(*fits))
    if delegation_id is not None:
        wanted = wanted.where(Deputy.delegation_id == delegation_id)
    return wanted


def _count(kind: Any, congress_id: int) -> sa.Select[tuple[int]]:
    return sa.select(sa.func.count()).select_from(kind).where(kind.congress_id == congress_id)


def _has_officer() -> sa.ColumnElement[bool]:
    return sa.exists().where(Officer.body_id == Body.id, Officer.active.is_(True))
