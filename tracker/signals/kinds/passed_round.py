"""A suggestion went from body to body before one kept it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.dispatch.models import ANSWERING, Assignment
from tracker.errors import N_
from tracker.signals.kind import ITEM, About, Asked, Facts, SignalKind, Threshold, Unit, told
from tracker.structure.models import Body
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry, Suggestion

GIVEN_UP = (Standing.RETURNED, Standing.RECALLED)
BETWEEN = " → "


def found(asked: Asked) -> sa.Select[Any]:
    """Suggestions whose answering bodies of the present round gave it back, or were taken it from, so many times.

    What two parts of one body became after a reform was nobody's passing on.
    """
    absorbed = sa.select(Entry.id).where(Entry.assignment_id == Assignment.id, Entry.move == "absorb")
    left = (
        sa.select(
            Assignment.suggestion_id,
            Assignment.round,
            sa.func.count().label("times"),
            sa.func.min(Assignment.assigned_on).label("first_on"),
        )
        .where(Assignment.congress_id == asked.congress_id, Assignment.standing.in_(GIVEN_UP))
        .where(asked.among(Assignment.suggestion_id), Assignment.part.in_(ANSWERING), ~absorbed.exists())
        .group_by(Assignment.suggestion_id, Assignment.round)
        .having(sa.func.count() >= asked.set_at["times"])
        .subquery()
    )
    one = aliased(Assignment)
    of_round = sa.and_(
        one.suggestion_id == Suggestion.id,
        one.round == Suggestion.round,
        one.part.in_(ANSWERING),
        one.standing != Standing.PASSED_ON,  # a hub dispatches onward, which gives nothing up
    )
    last_on = sa.select(sa.func.max(one.assigned_on)).where(of_round).scalar_subquery()
    line = sa.cast(one.id, sa.String) + "|" + Body.name
    path = sa.select(sa.func.aggregate_strings(line, "\n")).join_from(one, Body, Body.id == one.body_id)
    facts = {"times": left.c.times, "first_on": left.c.first_on, "last_on": last_on}
    return (
        told(Suggestion.id, left.c.first_on, of=Suggestion, **facts, path=path.where(of_round).scalar_subquery())
        .join(left, sa.and_(left.c.suggestion_id == Suggestion.id, left.c.round == Suggestion.round))
        .where(asked.covers())
    )


def reads(row: Any, _asked: Asked) -> Facts:
    """The bodies in the order they were given it, and the calendar days until the last one was."""
    lines = (line.split("|", 1) for line in row.fact_path.split("\n"))
    names = [name for _number, name in sorted(lines, key=lambda line: int(line[0]))]
    return {"bodies": BETWEEN.join(names), "days_lost": (row.fact_last_on - row.fact_first_on).days}


SIGNAL = SignalKind(
    key="passed_round",
    name=N_("Passed from body to body"),
    rule=N_("In the present round it was given back by a body, or taken from one, %(times)s times or more."),
    evidence=N_("%(bodies)s: given up %(times)s times, %(days_lost)s days until the last one had it."),
    act=N_("Decide for good who answers; no further return."),
    found=found,
    about=About.OFFICE,
    thresholds=(Threshold("times", 2, Unit.TIMES, least=1, most=20),),
    reads=reads,
    texts=("path",),
    evidence_at=ITEM,
    act_at=ITEM,
)
