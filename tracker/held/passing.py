"""From which body to which: what was returned, given another lead, or recalled and given to somebody else."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import db
from tracker.held.models import Passed
from tracker.held.queries import Which
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope
from tracker.web.paging import ROWS

FROM, TO = aliased(Body, name="from_body"), aliased(Body, name="to_body")


def flows(which: Which, bodies: sa.ColumnElement[bool] | None = None) -> list[Any]:
    """For each pair of bodies how often (件次) the first passed to the second, and the days lost by it in all.

    `bodies`: only pairs for which this holds, of the aliases FROM and TO.
    """
    names = [column.label(f"{whose}_{name}") for whose, body in (("from", FROM), ("to", TO)) for name, column in (
        ("name", body.name), ("name_en", body.name_en), ("short", body.short_name), ("sort", body.sort_key)
    )]  # fmt: skip
    counted = (
        sa.func.count(Passed.id).label("times"),
        sa.func.sum(Passed.days).label("days"),
        sa.func.sum(Passed.working_days).label("working_days"),
        sa.func.max(Passed.days).label("longest"),
    )
    pair = (Passed.from_body_id, Passed.to_body_id)
    wanted = (
        sa.select(*pair, *names, *counted)
        .join(FROM, FROM.id == Passed.from_body_id)
        .join(TO, TO.id == Passed.to_body_id)
        .where(*_of(which))
        .group_by(*pair, FROM.id, TO.id)
        .order_by(sa.func.count(Passed.id).desc(), sa.func.sum(Passed.days).desc(), *pair)
    )
    return list(db.session.execute(wanted if bodies is None else wanted.where(bodies)))


def passed_on(visitor: Visitor, which: Which, from_id: int | None, to_id: int | None, page: int) -> list[Any]:
    """A page of what went from one body to another, of those this visitor may read, the most days lost first."""
    wanted = (
        sa.select(
            Suggestion.id, Suggestion.number, Suggestion.title,
            Passed.way, Passed.came_on, Passed.on, Passed.days, Passed.working_days,
            FROM.name.label("from_name"), FROM.name_en.label("from_name_en"),
            TO.name.label("to_name"), TO.name_en.label("to_name_en"),
        )
        .select_from(Passed)
        .join(Suggestion, Suggestion.id == Passed.suggestion_id)
        .join(FROM, FROM.id == Passed.from_body_id)
        .join(TO, TO.id == Passed.to_body_id)
        .where(scope(visitor), *_of(which))
        .order_by(Passed.days.desc(), Passed.id)
    )  # fmt: skip
    if from_id is not None:
        wanted = wanted.where(Passed.from_body_id == from_id)
    if to_id is not None:
        wanted = wanted.where(Passed.to_body_id == to_id)
    return list(db.session.execute(wanted.limit(ROWS + 1).offset((page - 1) * ROWS)))


def _of(which: Which) -> list[sa.ColumnElement[bool]]:
    found = [Passed.congress_id == which.congress_id]
    return found if which.meeting_id is None else [*found, Passed.meeting_id == which.meeting_id]
