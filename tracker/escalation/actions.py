"""Rungs of the ladder are raised, each once, and those who are to hear of them are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.actor import SYSTEM, Actor
from tracker.database import columns, db, written
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind, Rules
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.escalation import dissatisfied, instructed, reached, recipients
from tracker.escalation.digests import Line
from tracker.escalation.given import TODAY, dialect, value
from tracker.escalation.models import Alarm, Told
from tracker.escalation.reached import its_kind
from tracker.mail.models import Letter
from tracker.structure.models import Congress
from tracker.suggestion.models import Entry

CLOCK = sa.func.coalesce(its_kind, str(Kind.INSTRUCTION))
_LAST = sa.select(sa.func.max(Alarm.id))


@dataclass(frozen=True)
class Raised:
    """What one day's climbing did: alarms raised, people named to be told."""

    alarms: int = 0
    told: int = 0


def raise_alarms(congress: Congress, today: date, *, at: datetime, by: Actor = SYSTEM) -> Raised:
    """Raise every rung that an open clock of this congress has reached and that was not raised yet.

    Found by state, not by a window of time: a week without a run loses nothing, a second run adds nothing. A step
    before the clock began is passed over; after a move of the last day a step raised before is raised again only if
    its new day lies after the move; a pending individual case is never chased.
    """
    rule_sets = deadlines.rules_by_id()
    values = {"congress_id": congress.id, "today": today, "last_id": columns(_LAST).scalar_one() or 0}
    alarms, steps = reached.raise_due(congress.id, rule_sets, today)
    of_ratings, their_steps = dissatisfied.raise_often(congress.id, rule_sets, today)
    of_instructions = instructed.raise_steps(congress, rule_sets, today)
    alarms += of_ratings + len({alarm_id for alarm_id, _word in of_instructions})
    if not alarms:
        return Raised()
    told = _name_people(steps | their_steps, of_instructions, rule_sets, values)
    who = {"actor_kind": by.kind, "actor_id": by.id, "actor_name": by.name}
    written(_history(dialect()), {**values, "at": at, **who})
    return Raised(alarms, told)


def mark_told(lines: Iterable[Line], letter: Letter, *, at: datetime) -> int:
    """These lines are in the letter: nobody is told of them again. Returns how many clocks that were."""
    lines = list(lines)
    ids = [told_id for line in lines for told_id in line.told_ids]
    for first in range(0, len(ids), 500):
        some = sa.update(Told).where(Told.id.in_(ids[first : first + 500]))
        db.session.execute(
            some.values(letter_id=letter.id, told_at=at), execution_options={"synchronize_session": False}
        )
    return len(lines)


def _name_people(
    steps: reached.Steps, of_instructions: list[tuple[int, str]], rule_sets: dict[int, Rules], values: dict[str, Any]
) -> int:
    """Name those to be told of the new alarms, and our clerk where that is nobody; returns how many people they are."""
    of_clocks = [
        (rule_set_id, kind, branch, number, word)
        for rule_set_id, kind, branch, number in sorted(steps)
        for step in rule_sets[rule_set_id].ladder(kind, branch)
        if step.step == number
        for word in step.to
    ]
    told = 0
    for of, naming in ((of_clocks, recipients.of_clocks), (of_instructions, recipients.of_instructions)):
        if words := recipients.known(row[-1] for row in of):
            told += written(naming(words, dialect()), {**values, "of": value(of)})
    return told + written(recipients.of_the_unheard(dialect()), values)


@cache
def _history(dialect: str) -> sa.Insert:
    """Inserts a line of history for each new alarm of an assignment (the move `alarm` leaves it where it stands)."""
    made = sa.func.jsonb_build_object if dialect == "postgresql" else sa.func.json_object
    facts = made("step", Alarm.step, "clock", CLOCK, "due_on", Alarm.due_on, type_=sa.Text)
    given = (
        sa.bindparam(name, type_=getattr(Entry, name).type) for name in ("at", "actor_kind", "actor_id", "actor_name")
    )
    lines = (
        sa.select(Assignment.suggestion_id, Assignment.id, sa.literal("alarm"), TODAY, *given, facts)
        .select_from(Alarm)
        .outerjoin(Deadline, Deadline.id == Alarm.deadline_id)
        .join(Assignment, Assignment.id == Alarm.assignment_id)
        .where(recipients.NEW)
        .order_by(Alarm.id)
    )
    names = ("suggestion_id", "assignment_id", "move", "on", "at", "actor_kind", "actor_id", "actor_name", "facts")
    return sa.insert(Entry).from_select(list(names), lines, include_defaults=False)
