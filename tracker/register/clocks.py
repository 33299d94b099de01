"""Every clock of one suggestion that a visitor may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.database import ahead, columns
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
from tracker.suggestion import ball
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS
from tracker.web.languages import spoken_now

# What a deputy is told of: not what bodies and offices owe each other.
TOLD_TO_DEPUTIES = (*REPLIES, Kind.FIRST_CONTACT, Kind.EVALUATE, Kind.STUDY, Kind.PROMISE, Kind.PUBLISH, Kind.WHOLE)


@dataclass(frozen=True)
class ClockLine:
    """One clock of a suggestion as its page shows it."""

    deadline: Any  # a row with the clock's columns
    kind: str
    whose: str  # the body that holds it; empty where the holder is none
    lamp: Lamp | None
    steps: list[str]

    @property
    def is_open(self) -> bool:
        return self.deadline.met_on is None and self.deadline.voided_on is None

    @property
    def is_moved(self) -> bool:
        """It has another last day than at first."""
        return bool(self.deadline.due_on != self.deadline.original_due_on)

    @property
    def is_late(self) -> bool:
        """Met after its last day."""
        return self.deadline.met_on is not None and self.deadline.met_on > self.deadline.due_on


def clocks_of(
    suggestion: Suggestion, assignments: Iterable[Assignment], visitor: Visitor, lamps: Lamps
) -> list[ClockLine]:
    """Every clock of a suggestion that this visitor may see, in one statement, in the order they were started."""
    in_english = spoken_now() == "en"
    found = columns(*_asked(suggestion, assignments, visitor))
    return [_line(row, (in_english and row.body_en) or row.body, suggestion, lamps) for row in found]


def soon(suggestion: Suggestion, assignments: Iterable[Assignment], visitor: Visitor) -> None:
    """`clocks_of` will be asked for."""
    ahead(*_asked(suggestion, assignments, visitor))


def _asked(suggestion: Suggestion, assignments: Iterable[Assignment], visitor: Visitor) -> tuple[Any, dict[str, Any]]:
    seen = [one.id for one in assignments if visitor.role not in BODY or is_of(visitor.body_id, one.body_id)]
    asked = {"seen": seen, **({} if visitor.role in BODY else {"suggestion_id": suggestion.id})}
    return _clocks(visitor.role), asked


def read_by(lines: Iterable[ClockLine], assignments: Iterable[Assignment], visitor: Visitor) -> str:
    """Who reads submitted replies of this suggestion: the clock of the reading says whose it is. Where one was
    submitted and no such clock runs, nobody reads it, and the body still owes its original.
    """
    held_by = {one.deadline.holder for one in lines if one.deadline.kind is Kind.CHECK}
    if Holder.HUB in held_by:
        return ball.HUB
    submitted = any(one.standing is Standing.SUBMITTED for one in assignments)
    unread = submitted and not held_by and visitor.role not in (Role.DEPUTY, *BODY)
    return ball.BODY if unread else ball.OFFICE


@cache
def _clocks(role: Role) -> sa.Select[Any]:
    """The rows themselves, not their ids: among a million clocks PostgreSQL would read all to find five ids in them."""
    found = sa.union_all(*_found(role)).subquery()
    wanted = (
        sa.select(*found.c, Body.name.label("body"), Body.name_en.label("body_en"))
        .outerjoin(Body, Body.id == found.c.holder_body_id)
        .order_by(found.c.started_on, found.c.id)
    )
    return wanted.where(found.c.kind.in_(TOLD_TO_DEPUTIES)) if role is Role.DEPUTY else wanted


def _found(role: Role) -> list[sa.Select[Any]]:
    """The clocks of each thing they may belong to; separate selects, so that each finds its own index."""
    clocks, seen = sa.select(*Deadline.__table__.c), sa.bindparam("seen", expanding=True, type_=sa.Integer)
    found = [clocks.where(Deadline.assignment_id.in_(seen))]
    for target, model in ((Deadline.return_id, BodyReturn), (Deadline.reply_id, Reply), (Deadline.promise_id, Promise)):
        # Neither IN nor a plain id: SQLite would look through all clocks for those few.
        found.append(clocks.join(model, target == model.id + 0).where(model.assignment_id.in_(seen)))
    return found if role in BODY else [*found, clocks.where(Deadline.suggestion_id == THIS)]


def _line(clock: Any, body: str | None, suggestion: Suggestion, lamps: Lamps) -> ClockLine:
    again = suggestion.round - 1 if clock.kind in REPLIES else 0
    runs = clock.met_on is None and clock.voided_on is None
    days = clock.due_on, clock.original_due_on, clock.rule_set_id
    lamp = lamps.of_days(*days, dissatisfied=again) if runs else None
    whose = body if body and clock.holder is Holder.BODY else ""
    return ClockLine(clock, kind_name(clock.kind), whose, lamp, sentences(clock.explanation))
