"""Rungs of the ladder are raised, each once, and those who are to hear of them are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind, Rules
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.escalation import dissatisfied, instructed, reached, recipients
from tracker.escalation.digests import Line
from tracker.escalation.held import HOLDER, branch_of, with_holder
from tracker.escalation.models import Alarm, Told
from tracker.escalation.reached import its_kind
from tracker.mail.models import Letter
from tracker.structure.models import Congress
from tracker.suggestion.models import Entry

AT_ONCE = 2_000
LAST_HEARER = "our_clerk"  # where nobody fills the ranks a step names, our clerk hears of it: no step is silent
ALARM_KEY = ("deadline_id", "step", "due_on")
CLOCK = sa.func.coalesce(its_kind, str(Kind.INSTRUCTION))


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
    rule_sets = {row.id: deadlines.rules_of(row) for row in deadlines.rule_sets()}
    rungs = reached.reached_rungs(congress.id, rule_sets, today)
    last_id = db.session.scalar(sa.select(sa.func.max(Alarm.id))) or 0
    alarms = 0
    while some := list(islice(rungs, AT_ONCE)):
        alarms += _insert(Alarm, reached.COLUMNS, reached.due_alarms(congress.id, some, today), ALARM_KEY)
    for wanted in dissatisfied.often(congress.id, rule_sets, today):
        alarms += _insert(Alarm, reached.COLUMNS, wanted, ALARM_KEY)
    of_instructions = instructed.raise_steps(congress, rule_sets, today)
    alarms += sum(len(ids) for ids in of_instructions.values())
    if not alarms:
        return Raised()
    new = sa.and_(Alarm.congress_id == congress.id, Alarm.id > last_id, Alarm.raised_on == today)
    told = _name_people(new, rule_sets, today)
    for word, ids in of_instructions.items():
        told += _tell(word, sa.and_(new, Alarm.id.in_(ids)), today)
    told += _tell(LAST_HEARER, sa.and_(new, ~sa.select(Told.id).where(Told.alarm_id == Alarm.id).exists()), today)
    _write_history(new, by=by, on=today, at=at)
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


def _name_people(new: sa.ColumnElement[bool], rule_sets: dict[int, Rules], today: date) -> int:
    """Name those to be told of the new alarms: one statement for each word of the ladder."""
    by_word: dict[str, list[tuple[int, str, str, int]]] = {}
    its_branch = branch_of(HOLDER)
    groups = (
        sa.select(Deadline.rule_set_id, its_kind, its_branch, Alarm.step)
        .select_from(Alarm)
        .join(Deadline, Deadline.id == Alarm.deadline_id)
    )
    for rule_set_id, kind, branch, number in db.session.execute(with_holder(groups).where(new).distinct()).all():
        for step in rule_sets[rule_set_id].ladder(kind, branch):
            if step.step == number:
                for word in step.to:
                    by_word.setdefault(word, []).append((rule_set_id, kind, branch, number))
    mark = sa.tuple_(Deadline.rule_set_id, its_kind, its_branch, Alarm.step)
    return sum(_tell(word, sa.and_(new, mark.in_(told)), today) for word, told in by_word.items())


def _tell(word: str, which: sa.ColumnElement[bool], today: date) -> int:
    people = recipients.told_people(word, which, today)
    return _insert(Told, ("alarm_id", "person_key", "officer_id", "word"), people, ("alarm_id", "person_key"))


def _write_history(new: sa.ColumnElement[bool], *, by: Actor, on: date, at: datetime) -> None:
    """One line of history for each new alarm of an assignment (the move `alarm` leaves it where it stands)."""
    groups = sa.select(Alarm.step, CLOCK, Alarm.due_on).outerjoin(Deadline, Deadline.id == Alarm.deadline_id)
    columns = ("suggestion_id", "assignment_id", "move", "on", "at", "actor_kind", "actor_id", "actor_name", "facts")
    for step, kind, due_on in db.session.execute(
        groups.where(new).distinct().order_by(Alarm.step, CLOCK, Alarm.due_on)
    ).all():
        facts = {"step": step, "clock": kind, "due_on": due_on.isoformat()}
        lines = (
            sa.select(
                Assignment.suggestion_id, Assignment.id, sa.literal("alarm"), sa.literal(on, sa.Date),
                sa.literal(at, Entry.at.type), sa.literal(by.kind), sa.literal(by.id, sa.Integer),
                sa.literal(by.name), sa.literal(facts, Entry.facts.type),
            )
            .select_from(Alarm)
            .outerjoin(Deadline, Deadline.id == Alarm.deadline_id)
            .join(Assignment, Assignment.id == Alarm.assignment_id)
            .where(new, Alarm.step == step, kind == CLOCK, Alarm.due_on == due_on)
            .order_by(Alarm.id)
        )  # fmt: skip
        db.session.execute(sa.insert(Entry).from_select(list(columns), lines, include_defaults=False))


def _insert(rows: type[Any], columns: Iterable[str], wanted: sa.Select[Any], key: Iterable[str]) -> int:
    """INSERT … SELECT of what is not there yet; returns how many rows came in."""
    made = (postgresql if reached.dialect() == "postgresql" else sqlite).insert(rows)
    statement = made.from_select(list(columns), wanted, include_defaults=False).on_conflict_do_nothing(
        index_elements=list(key)
    )
    done: Any = db.session.execute(statement, execution_options={"preserve_rowcount": True})
    return int(done.rowcount)
