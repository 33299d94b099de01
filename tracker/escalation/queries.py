"""Where clocks stand on the ladder, limited to who is asking, and who was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import columns, db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.lamps import Lamp, lamps
from tracker.deadlines.models import Deadline, RuleSet
from tracker.deadlines.queries import IS_OPEN, rules_of
from tracker.deadlines.rules import Rules
from tracker.dispatch.models import Assignment
from tracker.escalation.held import HOLDER, NOT_PENDING, branch_of, with_both, with_holder
from tracker.escalation.models import Alarm, Chase, Duty, Told
from tracker.escalation.rules import FIRST_SIGNED
from tracker.roles import BODY, OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body, Officer
from tracker.structure.succession import paired_with
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.at_all import is_empty
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import THIS, scope
from tracker.supervision import queries as supervision
from tracker.workdays.rules import working_days_between

HIGHER = aliased(Alarm, name="higher")
# The highest rung of a running clock, under its present last day.
# Raised after its clock was met: the reply did not satisfy again, and stays until it is handled anew or closed.
STILL_DISSATISFIED = sa.and_(
    Alarm.reached_on > Deadline.met_on, Assignment.standing == Standing.RATED, Suggestion.stage != Stage.CLOSED
)
STANDS = sa.and_(
    sa.or_(IS_OPEN, STILL_DISSATISFIED),
    NOT_PENDING,
    Alarm.due_on == Deadline.due_on,
    ~sa.select(HIGHER.id)
    .where(HIGHER.deadline_id == Alarm.deadline_id, HIGHER.due_on == Alarm.due_on, HIGHER.step > Alarm.step)
    .exists(),
)
FIRST_SHOWN = 10
CHASED_ON = sa.select(sa.func.max(Chase.on)).where(Chase.assignment_id == Alarm.assignment_id).scalar_subquery()
ROW = (Alarm, Deadline, Suggestion, HOLDER, CHASED_ON)
HARMFUL_FIRST = (Alarm.step.desc(), Deadline.due_on, Alarm.id)
TO_SIGN = sa.and_(STANDS, Alarm.step >= FIRST_SIGNED, Alarm.form.in_(("draft_notice", "request_letter", "listed")))


@dataclass(frozen=True)
class Hearer:
    """Somebody named for an alarm: in which word of the ladder, and when he was told."""

    word: str
    name: str
    told_at: datetime | None


@dataclass(frozen=True)
class Row:
    """One rung: the clock, whose it is, its light, and how late it is against both last days (working days)."""

    alarm: Alarm
    deadline: Deadline
    suggestion: Suggestion
    body: Body | None
    lamp: Lamp
    days_over: int
    days_over_original: int
    hearers: list[Hearer] = field(default_factory=list)
    chased_on: date | None = None


def may_see(visitor: Visitor) -> sa.ColumnElement[bool]:
    """Whose rungs a visitor may see: a body its own, a hub its branch's, a committee those it is paired with."""
    own = sa.and_(Alarm.congress_id == visitor.congress_id, scope(visitor))
    if visitor.role in (*OFFICE, Role.LEADER, Role.AUDITOR):
        return own
    if visitor.role in BODY:
        return sa.and_(own, Deadline.holder_body_id == visitor.body_id)
    if visitor.role is Role.HUB:
        return sa.and_(own, sa.or_(HOLDER.hub_id == visitor.body_id, HOLDER.id == visitor.body_id))
    if visitor.role is Role.COMMITTEE:
        paired = paired_with(visitor.body_id)
        return sa.and_(own, sa.or_(HOLDER.id.in_(paired), Suggestion.key.is_(True)))
    return sa.false()


def counts(visitor: Visitor) -> dict[int, int]:
    """How many running clocks stand on each step."""
    wanted = _from(sa.select(Alarm.step, sa.func.count())).where(STANDS, may_see(visitor)).group_by(Alarm.step)
    return {row[0]: row[1] for row in db.session.execute(wanted)}


def count(visitor: Visitor, which: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(_from(sa.select(sa.func.count(Alarm.id))).where(may_see(visitor), which)) or 0


def listed(
    visitor: Visitor, which: sa.ColumnElement[bool], today: date, *, offset: int = 0, limit: int | None = None
) -> list[Row]:
    """Rungs, the most harmful first: the higher step, then the earlier last day."""
    wanted = _from(sa.select(*ROW)).where(may_see(visitor), which).order_by(*HARMFUL_FIRST).offset(offset)
    return _rows(db.session.execute(wanted.limit(limit) if limit else wanted).all(), visitor, today)


def rungs_of(suggestion_id: int, visitor: Visitor) -> list[tuple[Any, list[Hearer]]]:
    """Every rung the clocks and the instructions of one suggestion ever reached that this visitor may see, with who was
    told, the newest first; `stands` while the clock runs with the same last day.
    """
    if is_empty(raised, suggestion_id=suggestion_id):
        return []
    found = columns(_of_one(anyone(visitor)), {**numbers(visitor), "suggestion_id": suggestion_id})
    hearers = _hearers([row.id for row in found])
    return [(row, hearers[row.id]) for row in found]


def raised(_who: Anyone) -> sa.Select[Any]:
    """The rungs the clocks and the instructions of one suggestion ever reached."""
    parts = sa.select(Assignment.id).where(Assignment.suggestion_id == THIS)
    own = sa.select(Deadline.id).where(Deadline.suggestion_id == THIS)  # three ways, each along its own index
    asked = sa.select(Duty.id).where(Duty.suggestion_id == THIS)
    ways = (Alarm.assignment_id.in_(parts), Alarm.deadline_id.in_(own), Alarm.duty_id.in_(asked))
    return sa.select(Alarm.id).where(sa.or_(*ways))


@cache
def _of_one(who: Anyone) -> sa.Select[Any]:
    """Of an instruction the steps are seen by whom it is readable for; it climbs until it is answered."""
    kind = sa.func.coalesce(sa.type_coerce(Deadline.kind, sa.String), str(Kind.INSTRUCTION)).label("kind")
    clock_stands = sa.and_(IS_OPEN, Deadline.due_on == Alarm.due_on)
    duty_stands = sa.and_(Duty.answered_on.is_(None), Duty.due_on == Alarm.due_on)
    stands = sa.case((Alarm.duty_id.is_not(None), duty_stands), else_=clock_stands).label("stands")
    shown = (Alarm.id, Alarm.step, Alarm.due_on, Alarm.reached_on, Alarm.raised_on, Alarm.form, kind, stands)
    named = (HOLDER.name, HOLDER.short_name, HOLDER.name_en)
    its = sa.func.coalesce(Assignment.suggestion_id, Deadline.suggestion_id, Duty.suggestion_id)
    wanted = with_both(sa.select(*shown, *named).select_from(Alarm))
    wanted = wanted.outerjoin(Assignment, Assignment.id == Alarm.assignment_id).join(Suggestion, Suggestion.id == its)
    mine = sa.case((Alarm.duty_id.is_not(None), supervision.readable(who)), else_=may_see(who))
    return wanted.where(Suggestion.id == THIS, mine).order_by(Alarm.raised_on.desc(), Alarm.id.desc())


def _from(wanted: sa.Select[Any]) -> sa.Select[Any]:
    return with_holder(
        wanted.select_from(Alarm)
        .join(Deadline, Deadline.id == Alarm.deadline_id)
        .outerjoin(Assignment, Assignment.id == Alarm.assignment_id)
        .join(Suggestion, Suggestion.id == sa.func.coalesce(Assignment.suggestion_id, Deadline.suggestion_id))
    )


def _rows(found: Sequence[Any], visitor: Visitor, today: date) -> list[Row]:
    if not found:
        return []
    lights = lamps(visitor.congress_id, today)
    hearers = _hearers([row[0].id for row in found])
    return [
        Row(
            alarm,
            deadline,
            suggestion,
            body,
            lights.lamp(deadline, dissatisfied=suggestion.round - 1),
            working_days_between(deadline.due_on, today, lights.calendar),
            working_days_between(deadline.original_due_on, today, lights.calendar),
            hearers[alarm.id],
            chased_on,
        )
        for alarm, deadline, suggestion, body, chased_on in found
    ]


def _rules(ids: Iterable[int]) -> dict[int, Rules]:
    wanted = sa.select(RuleSet).where(RuleSet.id.in_(list(ids)))
    return {row.id: rules_of(row) for row in db.session.scalars(wanted)}


def _hearers(alarm_ids: list[int]) -> dict[int, list[Hearer]]:
    found: dict[int, list[Hearer]] = defaultdict(list)
    for first in range(0, len(alarm_ids), 500):
        wanted = (
            sa.select(Told.alarm_id, Told.word, Officer.name, Told.told_at)
            .outerjoin(Officer, Officer.id == Told.officer_id)
            .where(Told.alarm_id.in_(alarm_ids[first : first + 500]))
            .order_by(Told.id)
        )
        for alarm_id, word, name, told_at in db.session.execute(wanted):
            found[alarm_id].append(Hearer(word, name or "", told_at))
    return found


def unheard() -> list[tuple[str, str]]:
    """Words of the ladder that mean nobody: the body and the word, for rungs of running clocks reached so far."""
    group = (Deadline.rule_set_id, Deadline.kind, Alarm.step, Deadline.holder_body_id)
    rungs = with_holder(
        sa.select(*group, branch_of(HOLDER), HOLDER.name)
        .select_from(Alarm)
        .join(Deadline, Deadline.id == Alarm.deadline_id)
    )
    reached = db.session.execute(rungs.where(IS_OPEN).distinct()).all()
    named = (
        sa.select(*group, Told.word)
        .select_from(Told)
        .join(Alarm, Alarm.id == Told.alarm_id)
        .join(Deadline, Deadline.id == Alarm.deadline_id)
    )
    told = {tuple(row) for row in db.session.execute(named.where(IS_OPEN).distinct())}
    rules = _rules({row[0] for row in reached})
    missing: dict[tuple[str, str], None] = {}
    for rule_set_id, kind, number, body_id, branch, name in reached:
        for step in rules[rule_set_id].ladder(kind, branch):
            for word in step.to if step.step == number else ():
                if (rule_set_id, kind, number, body_id, word) not in told:
                    missing[name or "", word] = None
    return list(missing)
