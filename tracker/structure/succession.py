"""What came from what: bodies with those whose whole work they took over, cards of one person across terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import db
from tracker.structure.models import Body, Deputy, Pairing, Succession, SuccessionKind


def and_before(body_id: int | None) -> sa.Select[tuple[int]]:
    """The ids of a body and of all bodies whose whole work came to it: what they did is its own to read."""
    line = sa.select(_given(body_id).label("id")).cte(recursive=True)
    earlier = sa.select(Succession.predecessor_id).join(line, Succession.successor_id == line.c.id)
    line = line.union(earlier.where(_whole()))
    return sa.select(line.c.id)


def and_after(body_id: int | None) -> sa.Select[tuple[int]]:
    """The ids of a body and of all bodies to which its whole work went."""
    line = sa.select(_given(body_id).label("id")).cte(recursive=True)
    later = sa.select(Succession.successor_id).join(line, Succession.predecessor_id == line.c.id)
    line = line.union(later.where(_whole()))
    return sa.select(line.c.id)


def arm_of(hub_id: Any) -> sa.Select[tuple[int]]:
    """The ids of a hub, of what it took over, and of the bodies it dispatches to; of no hub none."""
    return sa.select(Body.id).where(sa.or_(Body.hub_id == _given(hub_id), Body.id.in_(and_before(hub_id))))


def paired_with(committee_id: Any) -> sa.Select[tuple[int]]:
    """The ids of the bodies a committee is paired with (对口联系); of no committee none."""
    return sa.select(Pairing.body_id).where(Pairing.committee_id == _given(committee_id))


def _given(body_id: Any) -> sa.ColumnElement[Any]:
    """A number, or a parameter that stands for one (`tracker.suggestion.anyone`)."""
    number = body_id if isinstance(body_id, sa.ColumnElement) else sa.literal(body_id, sa.Integer)
    return sa.cast(number, sa.Integer)  # PostgreSQL would take a small number for a smaller type


def is_of(body_id: int | None, earlier_id: int | None) -> bool:
    """Whether a body is another one, or took its whole work over; a statement only if they differ."""
    if body_id is None or earlier_id is None or body_id == earlier_id:
        return body_id is not None and body_id == earlier_id
    return bool(db.session.scalar(sa.select(sa.literal(earlier_id).in_(and_before(body_id)))))


def present_body(body: Body) -> Body:
    """Who does a body's work today: itself, or its first successor, and so on."""
    seen = {body.id}
    while body.closed_on is not None:
        wanted = sa.select(Body).join(Succession, Succession.successor_id == Body.id)
        found = db.session.scalar(
            wanted.where(Succession.predecessor_id == body.id, _whole()).order_by(Succession.id).limit(1)
        )
        if found is None or found.id in seen:
            break
        seen.add(found.id)
        body = found
    return body


def present_body_id(body_id: int) -> int:
    """The number of whoever does that body's work today."""
    return present_body(db.session.get_one(Body, body_id)).id


@dataclass(frozen=True)
class Step:
    """One step of a body's way: the other body, how, and when."""

    body: Body
    succession: Succession


def came_from(body_id: int) -> list[Step]:
    """The bodies it came from, oldest first."""
    return _steps(Succession.predecessor_id, Succession.successor_id == body_id)


def went_to(body_id: int) -> list[Step]:
    """The bodies it went to, oldest first."""
    return _steps(Succession.successor_id, Succession.predecessor_id == body_id)


def _steps(other: Any, which: sa.ColumnElement[bool]) -> list[Step]:
    wanted = sa.select(Body, Succession).join(Succession, other == Body.id).where(which)
    rows = db.session.execute(wanted.order_by(Succession.on, Succession.id))
    return [Step(body, succession) for body, succession in rows]


def _whole() -> sa.ColumnElement[bool]:
    return Succession.kind != SuccessionKind.TRANSFERRED


def cards_of(deputy_id: int | None) -> sa.Select[tuple[int]]:
    """The ids of all cards of the person who holds this one, in whatever term."""
    card = aliased(Deputy)
    person = sa.select(sa.func.coalesce(card.first_card_id, card.id)).where(card.id == deputy_id).scalar_subquery()
    return sa.select(Deputy.id).where(sa.or_(Deputy.id == person, Deputy.first_card_id == person))


def headed_by(deputy_id: int | None) -> sa.Select[tuple[int]]:
    """The ids of the bodies whose replies a deputy never rates: the one he heads, and what it took over."""
    headed = sa.select(Deputy.heads_body_id.label("id")).where(
        Deputy.id.in_(cards_of(deputy_id)), Deputy.active.is_(True), Deputy.heads_body_id.is_not(None)
    )
    line = headed.cte(recursive=True)
    earlier = sa.select(Succession.predecessor_id).join(line, Succession.successor_id == line.c.id)
    line = line.union(earlier.where(_whole()))
    return sa.select(line.c.id)
