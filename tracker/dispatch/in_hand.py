"""What bodies have in hand, and what would move if they became others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment, Proposal
from tracker.people.models import User
from tracker.structure.models import Body, Charge, Deputy, Officer, Pairing
from tracker.suggestion.journey import LIVE, Stage
from tracker.suggestion.models import Suggestion


def live(*which: sa.ColumnElement[bool]) -> sa.Select[tuple[Assignment]]:
    """Assignments that wait for something from their body, with body and suggestion, oldest first."""
    return (
        sa.select(Assignment)
        .where(Assignment.standing.in_(LIVE), *which)
        .options(joinedload(Assignment.body), joinedload(Assignment.suggestion).joinedload(Suggestion.meeting))
        .order_by(Assignment.id)
    )


def in_hand(body_ids: Iterable[int]) -> list[Assignment]:
    """What some bodies have in hand."""
    return list(db.session.scalars(live(Assignment.body_id.in_(list(body_ids)))))


@dataclass(frozen=True)
class Line:
    """One assignment that would move, with the next of its last days."""

    assignment: Assignment
    due_on: date | None


@dataclass(frozen=True)
class WouldMove:
    """What goes to the successors of some bodies; shown before anybody decides."""

    lines: list[Line]
    counts: dict[str, int]


def would_move(bodies: Sequence[Body]) -> WouldMove:
    """What the act `succeed` would move; two statements, whatever the number of bodies."""
    ids = [body.id for body in bodies]
    wanted = live(Assignment.body_id.in_(ids)).options(selectinload(Assignment.deadlines))
    lines = [
        Line(one, min((clock.due_on for clock in one.deadlines if clock.is_open), default=None))
        for one in db.session.scalars(wanted)
    ]
    recorded = sa.select(Suggestion.id).where(Suggestion.stage == Stage.RECORDED)
    parts = {
        "officers": _count(Officer, Officer.body_id.in_(ids), Officer.active.is_(True)),
        "accounts": _count(User, User.body_id.in_(ids), User.disabled_at.is_(None)),
        "charges": _count(Charge, Charge.body_id.in_(ids), Charge.until_on.is_(None)),
        "pairings": _count(Pairing, sa.or_(Pairing.body_id.in_(ids), Pairing.committee_id.in_(ids))),
        "below": _count(Body, sa.or_(Body.hub_id.in_(ids), Body.parent_id.in_(ids)), Body.closed_on.is_(None)),
        "heads": _count(Deputy, Deputy.heads_body_id.in_(ids), Deputy.active.is_(True)),
        "proposals": _count(Proposal, Proposal.body_id.in_(ids), Proposal.suggestion_id.in_(recorded)),
        "promises": _count(Deadline, Deadline.holder_body_id.in_(ids), IS_OPEN, Deadline.promise_id.is_not(None)),
    }
    row = db.session.execute(sa.select(*(part.scalar_subquery().label(name) for name, part in parts.items()))).one()
    return WouldMove(lines, {"assignments": len(lines), **row._mapping})


def _count(kind: type, *which: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    return sa.select(sa.func.count()).select_from(kind).where(*which)
