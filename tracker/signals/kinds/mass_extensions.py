"""A body asked for more time for much of what it was given."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.dispatch.models import ANSWERING, Assignment
from tracker.errors import N_
from tracker.handling.models import Extension
from tracker.signals.kind import Asked, SignalKind, Threshold, Unit, told
from tracker.suggestion.journey import Standing

GONE = (Standing.RETURNED, Standing.PASSED_ON, Standing.RECALLED)


def found(asked: Asked) -> sa.Select[Any]:
    """Bodies that in one hand-over asked for more time for so many of their items and so much of them.

    What was refused gained nothing and is not counted. The first extension asked stands for all of them.
    """
    asks = _asks(asked).subquery()
    one = aliased(Assignment)
    given = sa.select(sa.func.count(one.id)).where(
        one.hand_over_id == asks.c.hand_over_id,
        one.body_id == asks.c.body_id,
        one.part.in_(ANSWERING),
        one.standing.not_in(GONE),
    )
    all_ = given.scalar_subquery()
    return (
        told(Extension.id, Extension.asked_on, times=asks.c.times, given=all_, first_on=Extension.asked_on)
        .join(Extension, Extension.assignment_id == Assignment.id)
        .join(asks, asks.c.first_id == Extension.id)
        .where(asked.covers(), asks.c.times * 100 >= all_ * asked.set_at["per_cent"])
    )


def _asks(asked: Asked) -> sa.Select[Any]:
    """By hand-over and body: how many of its items, and the first extension; of bodies looked at."""
    own, its = aliased(Assignment), aliased(Assignment)
    wanted = (
        sa.select(
            own.hand_over_id,
            own.body_id,
            sa.func.count(own.id.distinct()).label("times"),
            sa.func.min(Extension.id).label("first_id"),
        )
        .join(own, own.id == Extension.assignment_id)
        .where(own.congress_id == asked.congress_id, own.standing.not_in(GONE))
        .where(sa.or_(Extension.granted.is_(None), Extension.granted.is_(True)))
        .group_by(own.hand_over_id, own.body_id)
        .having(sa.func.count(own.id.distinct()) >= asked.set_at["times"])
    )
    if asked.ids is None:
        return wanted
    return wanted.where(own.body_id.in_(sa.select(its.body_id).where(asked.among(its.suggestion_id))))


SIGNAL = SignalKind(
    key="mass_extensions",
    name=N_("More time asked in bulk"),
    rule=N_("In one hand-over a body asked for more time for %(times)s items or more, %(per_cent)s %% of its own."),
    evidence=N_("More time for %(times)s of %(given)s item-bodies, first asked on %(first_on)s."),
    act=N_("Read the reasons one by one before more is granted."),
    found=found,
    across=True,
    thresholds=(
        Threshold("times", 5, Unit.TIMES, least=2, most=1000),
        Threshold("per_cent", 30, Unit.PER_CENT, least=1, most=100),
    ),
)
