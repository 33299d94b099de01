"""What the doctor asks of the figures: whether the last count agrees with itself, and how old it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.errors import N_
from tracker.figures import tables
from tracker.figures.measures import MEASURES, OF_PARTS
from tracker.figures.models import Counted, Dimension, Figure, Reckoning
from tracker.stage import Problem
from tracker.structure.models import Congress

OLD_DAYS = 2


def problems() -> Iterator[Problem]:
    """Of every congress that was ever counted."""
    for congress_id in db.session.scalars(sa.select(Congress.id).order_by(Congress.id)).all():
        made = tables.latest(congress_id)
        if made is None:
            continue
        if (clock.today() - made.on).days > OLD_DAYS:
            yield Problem("figures_old", N_("The figures were last counted on %(day)s."), {"day": made.on.isoformat()})
        for measure in _disagreeing(made):
            values = {"measure": measure, "day": made.on.isoformat()}
            yield Problem("figures", N_("The count of %(day)s does not agree with itself: %(measure)s."), values)


def _disagreeing(made: Reckoning) -> list[str]:
    """Measures whose sum over what was counted, or over all bodies, is not the figure of the whole."""
    whole = _sums(Figure, Figure.reckoning_id == made.id, Figure.period == tables.ALL, _is(Dimension.WHOLE))
    bodies = _sums(Figure, Figure.reckoning_id == made.id, Figure.period == tables.ALL, _is(Dimension.BODY))
    counted = _sums(Counted, Counted.congress_id == made.congress_id)
    wrong = {name for name in MEASURES if counted[name] != whole[name]}
    return sorted(wrong | {name for name in OF_PARTS if bodies[name] != whole[name]})


def _is(dimension: Dimension) -> sa.ColumnElement[bool]:
    return Figure.dimension == dimension


def _sums(of: Any, *which: Any) -> dict[str, int]:
    wanted = sa.select(*(sa.func.coalesce(sa.func.sum(getattr(of, name)), 0).label(name) for name in MEASURES))
    return dict(db.session.execute(wanted.where(*which)).mappings().one())
