"""The structure as it stands, as the rows of its workbook."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.structure.columns import SHEETS
from tracker.structure.models import Body, Charge, Deputy, Officer, Pairing, Succession, Term
from tracker.structure.queries import delegations, terms

Rows = list[dict[str, Any]]


def rows_of(congress_id: int) -> dict[str, Rows]:
    """All tables of a congress by field, names in place of numbers; loaded again, nothing changes."""
    bodies = {body.id: body for body in db.session.scalars(sa.select(Body).where(Body.congress_id == congress_id))}
    names = {number: body.name for number, body in bodies.items()}
    ordered = sorted(bodies.values(), key=lambda body: (body.sort_key, body.id))
    watched = _names_by(sa.select(Pairing.body_id, Pairing.committee_id).order_by(Pairing.id), names)
    ordinals = {term.id: term.ordinal for term in terms(congress_id)}
    return {
        "terms": [_plain("terms", term) for term in reversed(terms(congress_id))],
        "bodies": [_body(body, names, watched) for body in ordered],
        "successions": _successions(names),
        "officers": _officers(congress_id, names),
        "delegations": [
            {**_plain("delegations", one), "term_id": ordinals.get(one.term_id or 0)}
            for one in delegations(congress_id, all_terms=True)
        ],
        "deputies": _deputies(congress_id, names, ordinals),
    }


def _body(body: Body, names: dict[int, str], watched: dict[int, list[str]]) -> dict[str, Any]:
    return {
        **_plain("bodies", body),
        "hub_id": names.get(body.hub_id or 0),
        "parent_id": names.get(body.parent_id or 0),
        "committees": "、".join(watched[body.id]),
    }


def _successions(names: dict[int, str]) -> Rows:
    wanted = sa.select(Succession).order_by(Succession.on, Succession.id)
    return [
        {**_plain("successions", one), "predecessor_id": names[one.predecessor_id], "successor_id": named}
        for one in db.session.scalars(wanted)
        if (named := names.get(one.successor_id)) is not None
    ]


def _officers(congress_id: int, names: dict[int, str]) -> Rows:
    """One row each; who took charge of several bodies on different days stands once per day."""
    held: dict[int, dict[Any, list[str]]] = defaultdict(lambda: defaultdict(list))
    for charge in db.session.scalars(sa.select(Charge).where(Charge.until_on.is_(None)).order_by(Charge.id)):
        if charge.body_id in names:
            held[charge.officer_id][charge.from_on].append(names[charge.body_id])
    wanted = sa.select(Officer).where(Officer.congress_id == congress_id).options(joinedload(Officer.substitute))
    return [
        {
            **_plain("officers", one),
            "body_id": names.get(one.body_id or 0),
            "in_charge_of": "、".join(in_charge_of),
            "from_on": from_on,
            "substitute_id": _named(one.substitute, names),
        }
        for one in db.session.scalars(wanted.order_by(Officer.body_id, Officer.id))
        for from_on, in_charge_of in (held[one.id] or {None: []}).items()
    ]


def _named(officer: Officer | None, names: dict[int, str]) -> str | None:
    """An officer as the workbook names him: with his body, if he has one."""
    if officer is None or not officer.active:
        return None
    return f"{names[officer.body_id]}/{officer.name}" if officer.body_id in names else officer.name


def _deputies(congress_id: int, names: dict[int, str], ordinals: dict[int, int]) -> Rows:
    """Every card, earlier terms first; a later card of a person names the one before it."""
    wanted = (
        sa.select(Deputy)
        .outerjoin(Term, Term.id == Deputy.term_id)
        .where(Deputy.congress_id == congress_id)
        .options(joinedload(Deputy.delegation))
        .order_by(sa.func.coalesce(Term.ordinal, 0), Deputy.delegation_id, Deputy.id)
    )
    before: dict[int, str] = {}
    rows = []
    for one in db.session.scalars(wanted):
        person = one.first_card_id or one.id
        rows.append(
            {
                **_plain("deputies", one),
                "term_id": ordinals.get(one.term_id or 0),
                "delegation_id": one.delegation.name if one.delegation else None,
                "heads_body_id": names.get(one.heads_body_id or 0),
                "earlier_card": before.get(person),
            }
        )
        before[person] = one.card_number or one.name
    return rows


def _plain(key: str, row: Any) -> dict[str, Any]:
    return {column.field: getattr(row, column.field, None) for column in SHEETS[key][1]}


def _names_by(wanted: sa.Select[Any], names: dict[int, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for number, other in db.session.execute(wanted):
        if other in names:
            found[number].append(names[other])
    return found
