"""What a leader instructed climbs too: whoever owes an answer is told, then who stands above him, then our office."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.database import columns, db
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind, Rules, Step
from tracker.deadlines.ladders import ANY
from tracker.deadlines.rules import step_on
from tracker.dispatch.models import Assignment
from tracker.errors import RuleBroken
from tracker.escalation.given import CONGRESS, dialect
from tracker.escalation.held import NOT_PENDING
from tracker.escalation.models import Alarm, Duty
from tracker.escalation.reached import LATEST
from tracker.escalation.rules import horizon
from tracker.structure.models import Body, Congress
from tracker.suggestion.models import Suggestion
from tracker.supervision.models import Instruction
from tracker.workdays import queries as workdays

# Open instructions with a day: the day written, the rules, and whose they are.
_OPEN = (
    sa.select(Duty.id, Duty.assignment_id, Duty.due_on, Instruction.on, Suggestion.rule_set_id, Body.branch)
    .join(Instruction, Instruction.id == Duty.instruction_id)
    .outerjoin(Suggestion, Suggestion.id == Duty.suggestion_id)
    .outerjoin(Assignment, Assignment.id == Duty.assignment_id)
    .outerjoin(Body, Body.id == Duty.body_id)
    .where(Instruction.congress_id == CONGRESS, Duty.answered_on.is_(None), Duty.due_on <= LATEST, NOT_PENDING)
    .order_by(Duty.due_on, Duty.id)
)
_RAISED = sa.select(Alarm.duty_id, Alarm.due_on, Alarm.step).where(
    Alarm.congress_id == CONGRESS, Alarm.duty_id.is_not(None)
)


def raise_steps(congress: Congress, rule_sets: dict[int, Rules], today: date) -> list[tuple[int, str]]:
    """Raise every step reached by an open instruction with a day, each once; returns new alarms with whom they tell.

    Found by state like those of the clocks, by the rules of the suggestion, or those the congress goes by today where
    it was written on a bulletin as a whole. Instructions are few: they are looked at one by one.
    """
    values = {"congress_id": congress.id, "latest": horizon(rule_sets.values(), today)}
    duties = columns(_OPEN, values)
    if not duties:
        return []
    calendar = workdays.calendar(congress.id)
    raised = {tuple(row) for row in columns(_RAISED, values)}
    found: list[tuple[int, str]] = []
    for duty in duties:
        rules = rule_sets.get(duty.rule_set_id or 0) or _present(congress, today)
        for step in rules.ladder(Kind.INSTRUCTION, str(duty.branch or ANY)) if rules else ():
            reached_on = step_on(step, duty.due_on, calendar)
            if duty.on <= reached_on <= today and (duty.id, duty.due_on, step.step) not in raised:
                for alarm_id in _raise(congress.id, duty, step, reached_on, today):
                    found += [(alarm_id, word) for word in step.to]
    return found


def _present(congress: Congress, today: date) -> Rules | None:
    try:
        return deadlines.rules_of(deadlines.rule_set_in_force(congress.rules_name, today))
    except RuleBroken:
        return None


def _raise(congress_id: int, duty: Any, step: Step, reached_on: date, today: date) -> list[int]:
    """The new alarm; none where another process was quicker."""
    facts: dict[str, Any] = {"congress_id": congress_id, "duty_id": duty.id, "assignment_id": duty.assignment_id}
    facts |= {"step": step.step, "due_on": duty.due_on, "reached_on": reached_on, "raised_on": today}
    made = (postgresql if dialect() == "postgresql" else sqlite).insert(Alarm).values(**facts, form=str(step.form))
    new = made.on_conflict_do_nothing(index_elements=["duty_id", "step", "due_on"]).returning(Alarm.id)
    return list(db.session.scalars(new))
