"""What the register is narrowed to, in one statement: meetings, bodies and delegations."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.database import columns
from tracker.register.forms import Named
from tracker.structure.models import Body, Delegation, Meeting


def offered(congress_id: int) -> list[list[Named]]:
    """The meetings, the newest first, the bodies in the ledger's order, the delegations: what a list is narrowed to."""
    found: list[list[Named]] = [[], [], []]
    for row in columns(OFFERED, {"congress_id": congress_id}):
        found[row[0]].append(row[1:4])
    return found


def _offering(what: int, model: Any, *order: Any) -> sa.Select[Any]:
    places = (one.label(name) for one, name in zip(order, ("first", "then"), strict=True))
    named = sa.select(sa.literal_column(str(what), sa.Integer).label("what"), model.id, model.name, model.name_en)
    return named.add_columns(*places).where(model.congress_id == sa.bindparam("congress_id", type_=sa.Integer))


OFFERED = sa.union_all(
    _offering(0, Meeting, -Meeting.year, -Meeting.id),
    _offering(1, Body, Body.sort_key, Body.id).where(Body.closed_on.is_(None)),
    _offering(2, Delegation, Delegation.id, Delegation.id),
).order_by("what", "first", "then")
