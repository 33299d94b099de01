"""Every clock of one suggestion that a visitor may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.deadlines.clauses import REPLIES, Kind
from tracker.deadlines.lamps import Lamp, Lamps
from tracker.deadlines.models import Deadline, Holder
from tracker.deadlines.names import kind_name
from tracker.deadlines.text import sentences
from tracker.dispatch.models import Assignment, BodyReturn
from tracker.handling.models import Promise, Reply
from tracker.roles import BODY, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.succession import is_of
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS

# What a deputy is told of: not what bodies and offices owe each other.
TOLD_TO_DEPUTIES = (*REPLIES, Kind.FIRST_CONTACT, Kind.EVALUATE, Kind.STUDY, Kind.PROMISE, Kind.PUBLISH, Kind.WHOLE)


@dataclass(frozen=True)
class ClockLine:
    """One clock of a suggestion as its page shows it; `whose` is None where the holder is no body."""

    deadline: Deadline
    kind: str
    whose: Body | None
    lamp: Lamp | None
    steps: list[str]

    @property
    def is_late(self) -> bool:
        """Met after its last day."""
        return self.deadline.met_on is not None and self.deadline.met_on > self.deadline.due_on


def clocks_of(
    suggestion: Suggestion, assignments: Iterable[Assignment], visitor: Visitor, lamps: Lamps
) -> list[ClockLine]:
    """Every clock of a suggestion that this visitor may see, in one statement, in the order they were started."""
    seen = [one.id for one in assignments if visitor.role not in BODY or is_of(visitor.body_id, one.body_id)]
    asked = {"seen": seen, **({} if visitor.role in BODY else {"suggestion_id": suggestion.id})}
    found = db.session.execute(_clocks(visitor.role), asked)
    return [_line(deadline, body, suggestion, lamps) for deadline, body in found]


def are_read_by_hub(lines: Iterable[ClockLine]) -> bool:
    """Whether submitted replies of this suggestion are read by the hub: the clock of the reading says whose it is."""
    return any(one.deadline.kind is Kind.CHECK and one.deadline.holder is Holder.HUB for one in lines)


@cache
def _clocks(role: Role) -> sa.Select[Any]:
    found = [sa.select(Deadline.id).where(target) for target in _targets(role)]
    wanted = (
        sa.select(Deadline, Body)
        .outerjoin(Body, Body.id == Deadline.holder_body_id)
        .where(Deadline.id.in_(sa.union_all(*found)))
        .order_by(Deadline.started_on, Deadline.id)
    )
    return wanted.where(Deadline.kind.in_(TOLD_TO_DEPUTIES)) if role is Role.DEPUTY else wanted


def _targets(role: Role) -> list[sa.ColumnElement[bool]]:
    """What a clock may belong to; separate selects, so that each finds its own index."""
    seen: Any = sa.bindparam("seen", expanding=True)
    returns = sa.select(BodyReturn.id).where(BodyReturn.assignment_id.in_(seen))
    replies = sa.select(Reply.id).where(Reply.assignment_id.in_(seen))
    promises = sa.select(Promise.id).where(Promise.assignment_id.in_(seen))
    found: list[sa.ColumnElement[bool]] = [
        Deadline.assignment_id.in_(seen),
        Deadline.return_id.in_(returns),
        Deadline.reply_id.in_(replies),
        Deadline.promise_id.in_(promises),
    ]
    if role not in BODY:
        found.append(Deadline.suggestion_id == THIS)
    return found


def _line(deadline: Deadline, body: Body | None, suggestion: Suggestion, lamps: Lamps) -> ClockLine:
    again = suggestion.round - 1 if deadline.kind in REPLIES else 0
    lamp = lamps.lamp(deadline, dissatisfied=again) if deadline.is_open else None
    whose = body if deadline.holder is Holder.BODY else None
    return ClockLine(deadline, kind_name(deadline.kind), whose, lamp, sentences(deadline.explanation))
