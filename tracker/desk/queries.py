"""The figures beside what waits: open items by body, a body's own numbers, a deputy's suggestions, operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.database import ahead, columns, db
from tracker.deadlines.clauses import REPLIES
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.models import IS_LIVE, Assignment
from tracker.mail.models import Letter, LetterState
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.succession import paired_with
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

OVERSEE = (*OFFICE, Role.HUB, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)
SHOWN_BODIES = 6
SHOWN_DAYS = 5
MOST_COUNTED = 500
MOST_OPEN = 3_000  # item-bodies; no congress has so many open at once, and a larger one reads its figures instead
NEXT_YEAR_IS_PUBLISHED = 11  # the State Council arranges the next year in November
SHOWN_SUGGESTIONS = 25
# The row of a job that ran stands above the desk in the house; only its name is known here.
JOB_RUN = sa.table("job_run", *(sa.column(name) for name in ("job", "error", "claimed_at")))


def soon(visitor: Visitor, today: date) -> None:
    """The figures of those who look after others will be asked for."""
    if visitor.role in OVERSEE:
        ahead(_next_dates(anyone(visitor)), {**numbers(visitor), "today": today})
        ahead(_busiest(anyone(visitor)), numbers(visitor))


def open_by_body(visitor: Visitor) -> Sequence[Any]:
    """How many item-bodies the busiest bodies have open; counted along an index, no suggestion is read.

    Nothing where a congress has more than `MOST_OPEN` of them. Rows: id, name, short_name, name_en of the body, `open`.
    """
    return columns(_busiest(anyone(visitor)), numbers(visitor)).all()


@cache
def _busiest(who: Anyone) -> sa.Select[Any]:
    live = (Assignment.congress_id == who.congress_id, IS_LIVE)
    are_too_many = sa.select(Assignment.body_id).where(*live).offset(MOST_OPEN).limit(1).correlate(None).exists()
    # Said of the congress, and not of each row: where they are too many, none is looked at.
    countable = sa.select(who.congress_id).where(sa.not_(are_too_many)).scalar_subquery()
    counted = (
        sa.select(Assignment.body_id, sa.func.count().label("open"))
        .where(Assignment.congress_id == countable, IS_LIVE, *_at_his_bodies(who))
        .group_by(Assignment.body_id)
    )
    busiest = counted.order_by(sa.desc("open"), Assignment.body_id).limit(SHOWN_BODIES).subquery()
    shown = (Body.id, Body.name, Body.short_name, Body.name_en, busiest.c.open)
    wanted = sa.select(*shown).join(busiest, busiest.c.body_id == Body.id)
    return wanted.order_by(busiest.c.open.desc(), Body.id)


def next_dates(visitor: Visitor, today: date) -> list[tuple[date, int]]:
    """The next last days of replies and how many end on each; at most `MOST_COUNTED` clocks are looked at."""
    asked = {**numbers(visitor), "today": today}
    return [(day, number) for day, number in columns(_next_dates(anyone(visitor)), asked)]


@cache
def _next_dates(who: Anyone) -> sa.Select[Any]:
    near = (
        sa.select(Deadline.due_on)
        .where(Deadline.congress_id == who.congress_id, IS_OPEN, Deadline.kind.in_(REPLIES))
        .where(Deadline.due_on >= sa.bindparam("today", type_=sa.Date))
    )
    if who.role not in OFFICE:  # the office sees all: neither assignment nor suggestion need be looked at
        near = near.join(Assignment, Assignment.id == Deadline.assignment_id)
        near = near.join(Suggestion, Suggestion.id == Assignment.suggestion_id).where(scope(who))
    if who.body_id is not None and who.role in (Role.BODY_HANDLER, Role.BODY_LEADER):
        near = near.where(Assignment.body_id == who.body_id)
    counted = near.order_by(Deadline.due_on).limit(MOST_COUNTED).subquery()
    wanted = sa.select(counted.c.due_on, sa.func.count()).group_by(counted.c.due_on).order_by(counted.c.due_on)
    return wanted.limit(SHOWN_DAYS)


def standings_of(body_id: int | None) -> dict[Standing, int]:
    """A body's own numbers: how many of its assignments stand where."""
    wanted = (
        sa.select(Assignment.standing, sa.func.count())
        .where(Assignment.body_id == body_id)
        .group_by(Assignment.standing)
    )
    return dict(db.session.execute(wanted).tuples().all())


def own_suggestions(visitor: Visitor) -> list[Suggestion]:
    """What a deputy signed, the newest first."""
    wanted = sa.select(Suggestion).where(scope(visitor)).options(joinedload(Suggestion.lead_deputy))
    newest = wanted.order_by(Suggestion.recorded_on.desc(), Suggestion.id.desc()).limit(SHOWN_SUGGESTIONS)
    return list(db.session.scalars(newest))


@dataclass(frozen=True)
class Operation:
    """How the system runs; nothing of what suggestions say."""

    failed_letters: int
    waiting_letters: int
    oldest_waiting_at: datetime | None
    failed_jobs: int
    last_job_at: datetime | None
    missing_years: tuple[int, ...]


def operation(now: datetime, known_years: frozenset[int], today: date) -> Operation:
    """Letters that fail or wait, jobs of the last week that failed, years whose holidays are not loaded."""
    letters = {
        state: (number, first)
        for state, number, first in db.session.execute(
            sa.select(Letter.state, sa.func.count(), sa.func.min(Letter.written_at))
            .where(Letter.state.in_((LetterState.WAITING, LetterState.FAILED)))
            .group_by(Letter.state)
        )
    }
    waiting, oldest = letters.get(LetterState.WAITING, (0, None))
    recent = JOB_RUN.c.claimed_at >= sa.bindparam("since", now - timedelta(days=7), type_=Letter.written_at.type)
    failed, last = db.session.execute(
        sa.select(
            sa.func.count(JOB_RUN.c.error), sa.type_coerce(sa.func.max(JOB_RUN.c.claimed_at), Letter.written_at.type)
        ).where(recent)
    ).one()
    wanted = (today.year, today.year + 1) if today.month >= NEXT_YEAR_IS_PUBLISHED else (today.year,)
    missing = tuple(year for year in wanted if year not in known_years)
    return Operation(letters.get(LetterState.FAILED, (0, None))[0], waiting, oldest, failed, last, missing)


def _at_his_bodies(visitor: Visitor) -> list[sa.ColumnElement[bool]]:
    """At the bodies a hub dispatches to, or a committee watches; for others at all of the congress."""
    if visitor.role is Role.HUB:
        own = sa.select(Body.id).where(sa.or_(Body.hub_id == visitor.body_id, Body.id == visitor.body_id))
        return [Assignment.body_id.in_(own)]
    if visitor.role is Role.COMMITTEE:
        paired = paired_with(visitor.body_id)
        return [Assignment.body_id.in_(paired)]
    return []
