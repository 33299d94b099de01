"""What a leader instructed climbs too: whoever owes an answer is told, then who stands above him, then our office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind, Rules, Step
from tracker.deadlines.ladders import ANY
from tracker.deadlines.rules import step_on
from tracker.dispatch.models import Assignment
from tracker.errors import RuleBroken
from tracker.escalation.held import NOT_PENDING
from tracker.escalation.models import Alarm, Duty
from tracker.escalation.reached import dialect
from tracker.escalation.rules import horizon
from tracker.structure.models import Body, Congress
from tracker.suggestion.models import Suggestion
from tracker.supervision.models import Instruction
from tracker.workdays import queries as workdays


def raise_steps(congress: Congress, rule_sets: dict[int, Rules], today: date) -> dict[str, list[int]]:
    """Raise every step reached by an open instruction with a day, each once; returns the new alarms by whom they tell.

    Found by state like those of the clocks, by the rules of the suggestion, or those the congress goes by today where
    it was written on a bulletin as a whole. Instructions are few: they are looked at one by one.
    """
    calendar = workdays.calendar(congress.id)
    found: dict[str, list[int]] = defaultdict(list)
    for duty, due_on, began_on, rule_set_id, branch, raised in _open(congress.id, horizon(rule_sets.values(), today)):
        rules = rule_sets.get(rule_set_id or 0) or _present(congress, today)
        for step in rules.ladder(Kind.INSTRUCTION, branch) if rules else ():
            reached_on = step_on(step, due_on, calendar)
            if began_on <= reached_on <= today and step.step not in raised:
                for alarm_id in _raise(congress.id, duty, step, reached_on, today):
                    for word in step.to:
                        found[word].append(alarm_id)
    return found


def _open(congress_id: int, latest: date) -> Iterator[tuple[Duty, date, date, int | None, str, set[int]]]:
    """Open instructions: their last day, the day written, the rules, whose they are, and the steps raised before."""
    wanted = (
        sa.select(Duty, Duty.due_on, Instruction.on, Suggestion.rule_set_id, Body.branch)
        .join(Instruction, Instruction.id == Duty.instruction_id)
        .outerjoin(Suggestion, Suggestion.id == Duty.suggestion_id)
        .outerjoin(Assignment, Assignment.id == Duty.assignment_id)
        .outerjoin(Body, Body.id == Duty.body_id)
        .where(Instruction.congress_id == congress_id, Duty.answered_on.is_(None), Duty.due_on <= latest, NOT_PENDING)
        .order_by(Duty.due_on, Duty.id)
    )
    rows = db.session.execute(wanted).all()
    raised: dict[tuple[int, date], set[int]] = defaultdict(set)
    before = sa.select(Alarm.duty_id, Alarm.due_on, Alarm.step).where(
        Alarm.congress_id == congress_id, Alarm.duty_id.is_not(None)
    )
    for duty_id, due_on, step in db.session.execute(before) if rows else ():
        raised[duty_id or 0, due_on].add(step)
    for duty, due_on, began_on, rule_set_id, branch in rows:
        yield duty, due_on, began_on, rule_set_id, str(branch or ANY), raised[duty.id, due_on]


def _present(congress: Congress, today: date) -> Rules | None:
    try:
        return deadlines.rules_of(deadlines.rule_set_in_force(congress.rules_name, today))
    except RuleBroken:
        return None


def _raise(congress_id: int, duty: Duty, step: Step, reached_on: date, today: date) -> list[int]:
    """The new alarm; none where another process was quicker."""
    facts: dict[str, Any] = {"congress_id": congress_id, "duty_id": duty.id, "assignment_id": duty.assignment_id}
    facts |= {"step": step.step, "due_on": duty.due_on, "reached_on": reached_on, "raised_on": today}
    made = (postgresql if dialect() == "postgresql" else sqlite).insert(Alarm).values(**facts, form=str(step.form))
    new = made.on_conflict_do_nothing(index_elements=["duty_id", "step", "due_on"]).returning(Alarm.id)
    return list(db.session.scalars(new))
