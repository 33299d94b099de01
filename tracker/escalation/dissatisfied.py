"""Steps that follow because the deputy was dissatisfied as often as the rules say, whatever the day."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import columns, written
from tracker.deadlines.clauses import REPLIES, Rules, Step
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.escalation.given import CONGRESS, TODAY, dialect, inserting
from tracker.escalation.models import Alarm
from tracker.escalation.reached import ALARM_KEY, COLUMNS, Steps, its_branch, its_kind, not_raised
from tracker.feedback.models import Rating
from tracker.feedback.versions import DISSATISFIED, LATEST
from tracker.handling.models import Reply
from tracker.structure.models import Body
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion

BEFORE, RAISED, THEN = aliased(Assignment), aliased(Alarm), aliased(Deadline)


def raise_often(congress_id: int, rule_sets: dict[int, Rules], today: date) -> tuple[int, Steps]:
    """Once for each time: by the clock of the next round where it runs (a third round runs because two replies did not
    satisfy), else by the clock the dissatisfying reply had met, while the office studies it.

    Returns how many alarms were raised, and of which steps they may be.
    """
    values = {"congress_id": congress_id, "today": today}
    raised, steps = 0, set()
    for which, enough in ((IS_OPEN, 1), (_ANSWERED, 0)):
        for rule_set_id, kind, branch, round_ in columns(_GROUPS[enough], values):
            rules = rule_sets[rule_set_id]
            if round_ < rules.lights.dissatisfied + enough:
                continue
            for step in (one for one in rules.ladder(kind, branch) if one.dissatisfied_twice):
                group = sa.and_(
                    which,
                    Deadline.rule_set_id == rule_set_id,
                    its_kind == kind,
                    its_branch == branch,
                    Assignment.round == round_,
                )
                wanted = _whatever_the_day(group, step)
                raised += written(inserting(Alarm, COLUMNS, wanted, ALARM_KEY, dialect()), values)
                steps.add((rule_set_id, kind, branch, step.step))
    return raised, steps


def _whatever_the_day(group: sa.ColumnElement[bool], step: Step) -> sa.Select[Any]:
    return (
        sa.select(
            Deadline.congress_id, Deadline.id, Assignment.id, sa.literal(step.step), Deadline.due_on, TODAY, TODAY,
            sa.literal(str(step.form)),
        )
        .select_from(Deadline)
        .join(Body, Body.id == Deadline.holder_body_id)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .where(
            Deadline.congress_id == CONGRESS,
            group,
            Assignment.pending_case.is_(False),
            not_raised(step.step),
            ~_raised_for_it(step.step).exists(),
        )
    )  # fmt: skip


def _raised_for_it(step: int) -> sa.Select[Any]:
    """The step was raised for the same dissatisfaction before the new round began."""
    return (
        sa.select(RAISED.id)
        .join(BEFORE, BEFORE.id == RAISED.assignment_id)
        .join(THEN, THEN.id == RAISED.deadline_id)
        .where(
            BEFORE.suggestion_id == Assignment.suggestion_id,
            BEFORE.body_id == Assignment.body_id,
            BEFORE.round == Assignment.round - 1,
            RAISED.step == step,
            RAISED.reached_on > THEN.met_on,
        )
        .correlate(Assignment)
    )


def _groups(which: sa.ColumnElement[bool], enough: int) -> sa.Select[Any]:
    return (
        sa.select(Deadline.rule_set_id, its_kind, its_branch, Assignment.round)
        .select_from(Deadline)
        .join(Body, Body.id == Deadline.holder_body_id)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .where(
            Deadline.congress_id == CONGRESS,
            which,
            Assignment.congress_id == CONGRESS,
            Assignment.round > sa.literal_column(str(enough)),  # in the text: an index knows those of later rounds
        )
        .distinct()
    )


# The clock was met by a reply whose last word from the lead deputy is dissatisfied, and no new round has begun.
_BAD = (
    sa.select(Reply.assignment_id)
    .join(Rating, Rating.reply_id == Reply.id)
    .join(Assignment, Assignment.id == Reply.assignment_id)
    .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
    .where(
        DISSATISFIED,
        LATEST,
        Rating.deputy_id == Suggestion.lead_deputy_id,
        Assignment.congress_id == CONGRESS,
        Assignment.standing == Standing.RATED,
        Suggestion.stage.not_in((Stage.CLOSED, Stage.WITHDRAWN)),
    )
)
_ANSWERED = sa.and_(Deadline.kind.in_(REPLIES), Deadline.met_on < TODAY, Deadline.assignment_id.in_(_BAD))
_GROUPS = {1: _groups(IS_OPEN, 1), 0: _groups(_ANSWERED, 0)}
