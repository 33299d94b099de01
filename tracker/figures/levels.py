"""Figures by level of congress: one's own and those of the congresses below, never their items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import db
from tracker.figures import lines, tables
from tracker.figures.lines import Cell
from tracker.figures.measure import Measure
from tracker.figures.measures import MEASURES
from tracker.figures.models import Dimension, Figure, Reckoning
from tracker.figures.tables import Figures
from tracker.structure.models import Congress, Level

SHOWN = ("items", "items_answered", "main", "late_original", "late_current", "contact_none", "last_dissatisfied",
         "last_unrated", "promises_missed")  # fmt: skip


@dataclass(frozen=True)
class OfLevel:
    """The sums of a level: how many congresses, how many of them were counted, and the oldest of their counts."""

    level: Level
    congresses: int
    counted: int
    oldest_on: date | None
    cells: list[Cell]


def shown() -> list[Measure]:
    return [MEASURES[name] for name in SHOWN]


def by_level(congress_id: int | None) -> list[OfLevel]:
    """The level of a congress first, then those below it; one statement, however many congresses there are."""
    tree = sa.select(Congress.id.label("id")).where(Congress.id == congress_id).cte(recursive=True)
    child = aliased(Congress)
    tree = tree.union(sa.select(child.id).join(tree, child.parent_id == tree.c.id))
    last = sa.select(Reckoning.congress_id, sa.func.max(Reckoning.id).label("id")).group_by(Reckoning.congress_id)
    latest = last.where(Reckoning.congress_id.in_(sa.select(tree.c.id))).subquery("latest")
    whole = sa.and_(
        Figure.reckoning_id == latest.c.id, Figure.period == tables.ALL, Figure.dimension == Dimension.WHOLE
    )
    sums = [sa.func.coalesce(sa.func.sum(getattr(Figure, name)), 0).label(name) for name in MEASURES]
    wanted = (
        sa.select(
            Congress.level,
            sa.func.count(Congress.id).label("congresses"),
            sa.func.count(latest.c.id).label("counted"),
            sa.func.min(Reckoning.on).label("oldest_on"),
            *sums,
        )
        .join(tree, tree.c.id == Congress.id)
        .outerjoin(latest, latest.c.congress_id == Congress.id)
        .outerjoin(Reckoning, Reckoning.id == latest.c.id)
        .outerjoin(Figure, whole)
        .group_by(Congress.level)
    )
    least = tables.minimum(congress_id)
    found = {row.level: row for row in db.session.execute(wanted)}
    return [_of_level(found[level], least) for level in Level if level in found]


def _of_level(row: Any, least: int) -> OfLevel:
    figures = Figures("", {name: getattr(row, name) for name in MEASURES}, least)
    cells = [lines.cell(figures, one) for one in shown()]
    return OfLevel(row.level, row.congresses, row.counted, row.oldest_on, cells)
