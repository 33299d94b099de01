"""Steps that follow because the deputy was dissatisfied as often as the rules say, whatever the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import db
from tracker.deadlines.clauses import REPLIES, Rules, Step
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import Assignment
from tracker.escalation.models import Alarm
from tracker.escalation.reached import its_branch, its_kind, not_raised
from tracker.feedback.models import Rating
from tracker.feedback.versions import DISSATISFIED, LATEST
from tracker.handling.models import Reply
from tracker.structure.models import Body
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion

BEFORE, RAISED, THEN = aliased(Assignment), aliased(Alarm), aliased(Deadline)


def often(congress_id: int, rule_sets: dict[int, Rules], today: date) -> Iterator[sa.Select[Any]]:
    """Once for each time: by the clock of the next round where it runs (a third round runs because two replies did not
    satisfy), else by the clock the dissatisfying reply had met, while the office studies it.
    """
    answered = _answered(today)
    for which, enough in ((IS_OPEN, 1), (answered, 0)):
        groups = (
            sa.select(Deadline.rule_set_id, its_kind, its_branch, Assignment.round)
            .select_from(Deadline)
            .join(Body, Body.id == Deadline.holder_body_id)
            .join(Assignment, Assignment.id == Deadline.assignment_id)
            .where(Deadline.congress_id == congress_id, which, Assignment.round > enough)
            .distinct()
        )
        for rule_set_id, kind, branch, round_ in db.session.execute(groups).all():
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
                yield _whatever_the_day(congress_id, group, step, today)


def _answered(today: date) -> sa.ColumnElement[bool]:
    """The clock was met by a reply whose last word from the lead deputy is dissatisfied, and no new round has begun."""
    bad = (
        sa.select(Reply.assignment_id)
        .join(Rating, Rating.reply_id == Reply.id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .where(
            DISSATISFIED,
            LATEST,
            Rating.deputy_id == Suggestion.lead_deputy_id,
            Assignment.standing == Standing.RATED,
            Suggestion.stage.not_in((Stage.CLOSED, Stage.WITHDRAWN)),
        )
    )
    return sa.and_(Deadline.kind.in_(REPLIES), Deadline.met_on < today, Deadline.assignment_id.in_(bad))


def _whatever_the_day(congress_id: int, group: sa.ColumnElement[bool], step: Step, today: date) -> sa.Select[Any]:
    day = sa.literal(today, sa.Date)
    return (
        sa.select(
            Deadline.congress_id, Deadline.id, Assignment.id, sa.literal(step.step), Deadline.due_on, day, day,
            sa.literal(str(step.form)),
        )
        .select_from(Deadline)
        .join(Body, Body.id == Deadline.holder_body_id)
        .join(Assignment, Assignment.id == Deadline.assignment_id)
        .where(
            Deadline.congress_id == congress_id,
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
