"""Which alarms are due and not there yet: one statement finds and records those of all rungs at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tracker.database import columns, written
from tracker.deadlines.clauses import Rules
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment, BodyReturn
from tracker.escalation.given import CONGRESS, TODAY, as_given, dialect, inserting, rows, value
from tracker.escalation.held import NOT_PENDING, branch_of
from tracker.escalation.models import Alarm
from tracker.escalation.rules import Rung, horizon, rungs
from tracker.handling.models import Promise, Reply
from tracker.structure.models import Body
from tracker.workdays import queries as workdays

its_branch = branch_of(Body)
its_kind = sa.type_coerce(Deadline.kind, sa.String)
MOVES = ("moved", "set_by_hand")
ALARM_KEY = ("deadline_id", "step", "due_on")
COLUMNS = ("congress_id", "deadline_id", "assignment_id", "step", "due_on", "reached_on", "raised_on", "form")
LATEST = sa.bindparam("latest", type_=sa.Date)
RUNG = (
    sa.column("rule_set_id", sa.Integer), sa.column("kind", sa.String), sa.column("branch", sa.String),
    sa.column("due_on", sa.Date), sa.column("step", sa.Integer), sa.column("reached_on", sa.Date),
    sa.column("form", sa.String),
)  # fmt: skip
_GROUPS = (
    sa.select(Deadline.rule_set_id, its_kind, its_branch, Deadline.due_on)
    .outerjoin(Body, Body.id == Deadline.holder_body_id)
    .where(Deadline.congress_id == CONGRESS, IS_OPEN, Deadline.due_on <= LATEST)
    .distinct()
)
Steps = set[tuple[int, str, str, int]]  # rule set, kind of clock, branch, step


def raise_due(congress_id: int, rule_sets: dict[int, Rules], today: date) -> tuple[int, Steps]:
    """Raise the alarms of all rungs reached that are not there yet; how many, and of which steps they may be."""
    rungs_ = list(reached_rungs(congress_id, rule_sets, today))
    if not rungs_:
        return 0, set()
    latest = max(one.due_on for one in rungs_)
    values = {"congress_id": congress_id, "today": today, "latest": latest, "rung": value(map(astuple, rungs_))}
    return written(_due_alarms(dialect()), values), {(r.rule_set_id, r.kind, r.branch, r.step) for r in rungs_}


def reached_rungs(congress_id: int, rule_sets: dict[int, Rules], today: date) -> Iterator[Rung]:
    """The rungs reached, one for each kind, branch and last day that open clocks have; their number is small."""
    calendar = workdays.calendar(congress_id)
    values = {"congress_id": congress_id, "latest": horizon(rule_sets.values(), today)}
    for rule_set_id, kind, branch, due_on in columns(_GROUPS, values):
        steps = rule_sets[rule_set_id].ladder(kind, branch)
        yield from rungs(
            steps, rule_set_id=rule_set_id, kind=kind, branch=branch, due_on=due_on, today=today, calendar=calendar
        )


@cache
def _due_alarms(dialect: str) -> sa.Insert:
    """Inserts the alarms of the rungs given that are not there yet."""
    rung = rows("rung", RUNG, dialect)
    wanted = (
        sa.select(
            Deadline.congress_id, Deadline.id, Assignment.id, rung.c.step, Deadline.due_on, rung.c.reached_on,
            TODAY, rung.c.form,
        )
        .select_from(_clocks())
        .join(
            rung,
            sa.and_(
                rung.c.rule_set_id == Deadline.rule_set_id,
                rung.c.kind == its_kind,
                rung.c.branch == its_branch,
                rung.c.due_on == as_given(Deadline.due_on, dialect),
            ),
        )
        .where(
            Deadline.congress_id == CONGRESS,
            IS_OPEN,
            Deadline.due_on <= LATEST,
            rung.c.reached_on >= Deadline.started_on,
            NOT_PENDING,
            not_raised(rung.c.step),
            sa.or_(
                Deadline.due_on == Deadline.original_due_on,
                _not_before_the_move(rung.c.step, rung.c.reached_on, dialect),
            ),
        )
        .order_by(rung.c.reached_on, Deadline.id, rung.c.step)  # rows are numbered as the steps were reached
    )  # fmt: skip
    return inserting(Alarm, COLUMNS, wanted, ALARM_KEY, dialect)


def _clocks() -> Any:
    """Clocks with who holds them and the assignment they belong to, directly or through what they point to."""
    assignment_id = sa.func.coalesce(
        Deadline.assignment_id, BodyReturn.assignment_id, Reply.assignment_id, Promise.assignment_id
    )
    return (
        sa.join(Deadline, Body, Body.id == Deadline.holder_body_id, isouter=True)
        .outerjoin(BodyReturn, BodyReturn.id == Deadline.return_id)
        .outerjoin(Reply, Reply.id == Deadline.reply_id)
        .outerjoin(Promise, Promise.id == Deadline.promise_id)
        .outerjoin(Assignment, Assignment.id == assignment_id)
    )


def not_raised(step: Any) -> sa.ColumnElement[bool]:
    """The clock has not reached this step under its present last day yet."""
    raised = sa.select(Alarm.id).where(
        Alarm.deadline_id == Deadline.id, Alarm.step == step, Alarm.due_on == Deadline.due_on
    )
    return ~raised.exists()


def _not_before_the_move(step: Any, reached_on: Any, dialect: str) -> sa.ColumnElement[bool]:
    """Raised under no earlier last day, or its new day lies after the move."""
    earlier = sa.select(Alarm.id).where(
        Alarm.deadline_id == Deadline.id,
        Alarm.step == step,
        Alarm.due_on != Deadline.due_on,
        reached_on <= _moved_on(dialect),
    )
    return ~earlier.exists()


def _moved_on(dialect: str) -> Any:
    """The day of the last move, from the clock's own explanation."""
    if dialect == "postgresql":
        each = sa.func.jsonb_array_elements(Deadline.explanation).table_valued("value").alias("record")
        record = sa.type_coerce(each.c.value, postgresql.JSONB)
        on: Any = sa.cast(record["values"]["on"].astext, sa.Date)
        is_move = record["kind"].astext.in_(MOVES)
    else:
        each = sa.func.json_each(Deadline.explanation).table_valued("value").alias("record")
        on = sa.func.json_extract(each.c.value, "$.values.on")
        is_move = sa.func.json_extract(each.c.value, "$.kind").in_(MOVES)
    return sa.select(sa.func.max(on)).select_from(each).where(is_move).correlate(Deadline).scalar_subquery()
