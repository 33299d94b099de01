"""Figures that were counted, read again: which counts there are, and the rows of a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.figures import rules
from tracker.figures.measures import MEASURES
from tracker.figures.models import Dimension, Figure, FiguresChoice, Reckoning

ALL = "all"


@dataclass(frozen=True)
class Figures:
    """One row: what is meant by `key`, and its numbers by measure."""

    key: str
    numbers: Mapping[str, int]
    minimum: int = rules.USUAL_MINIMUM

    def __getitem__(self, measure: str) -> int:
        return self.numbers[measure]

    def share(self, measure: str) -> rules.Share:
        """The measure as a part of what it is a part of; a measure of nothing is a part of itself."""
        return rules.Share(self[measure], self[MEASURES[measure].of or measure], self.minimum)

    @property
    def is_idle(self) -> bool:
        return rules.is_idle(
            answered=self["answered"],
            due=self["due_original"],
            without_clock=self["no_clock"],
            minimum=self.minimum,
        )

    def standing(self, measure: str) -> rules.Standing:
        """How it stands in an order by this measure."""
        return rules.Standing(self.share(measure), self.is_idle)


def year(number: int) -> str:
    """The period of a year's meetings."""
    return f"year:{number}"


def meeting(meeting_id: int) -> str:
    """The period of one meeting."""
    return f"meeting:{meeting_id}"


def latest(congress_id: int | None, *, until: date | None = None) -> Reckoning | None:
    """The last count of a congress; with `until` the last one that stands for that day or an earlier one."""
    wanted = sa.select(Reckoning).where(Reckoning.congress_id == congress_id)
    if until is not None:
        wanted = wanted.where(Reckoning.on <= until)
    return db.session.scalars(wanted.order_by(Reckoning.on.desc(), Reckoning.id.desc()).limit(1)).first()


def find(reckoning_id: int, congress_id: int | None) -> Reckoning | None:
    """One count of this congress."""
    wanted = sa.select(Reckoning).where(Reckoning.id == reckoning_id, Reckoning.congress_id == congress_id)
    return db.session.scalar(wanted)


def counts(congress_id: int | None, most: int) -> list[Reckoning]:
    """The last counts, the newest first."""
    wanted = sa.select(Reckoning).where(Reckoning.congress_id == congress_id)
    return list(db.session.scalars(wanted.order_by(Reckoning.on.desc(), Reckoning.id.desc()).limit(most)))


def minimum(congress_id: int | None) -> int:
    """From how many cases on this congress compares."""
    wanted = sa.select(FiguresChoice.minimum).where(FiguresChoice.congress_id == congress_id)
    return db.session.scalar(wanted) or rules.USUAL_MINIMUM


def rows(
    reckoning: Reckoning, dimension: Dimension, *, period: str = ALL, keys: Collection[str] | None = None
) -> list[Figures]:
    """The rows of one table of a count, in no order; `keys` names the only ones asked for."""
    wanted = sa.select(Figure.key, *(getattr(Figure, name) for name in MEASURES)).where(
        Figure.reckoning_id == reckoning.id, Figure.period == period, Figure.dimension == dimension
    )
    if keys is not None:
        wanted = wanted.where(Figure.key.in_(keys))
    least = minimum(reckoning.congress_id)
    return [_figures(row, least) for row in db.session.execute(wanted)]


def whole(reckoning: Reckoning, *, period: str = ALL) -> Figures:
    """The figures of the whole congress; all nothing where nothing was counted."""
    found = rows(reckoning, Dimension.WHOLE, period=period)
    return found[0] if found else Figures("", dict.fromkeys(MEASURES, 0), minimum(reckoning.congress_id))


def periods(reckoning: Reckoning) -> list[str]:
    """The years and meetings of which a count has figures."""
    wanted = sa.select(Figure.period).where(
        Figure.reckoning_id == reckoning.id, Figure.dimension == Dimension.WHOLE, Figure.key == ""
    )
    return list(db.session.scalars(wanted))


def _figures(row: Any, least: int) -> Figures:
    return Figures(row.key, {name: getattr(row, name) for name in MEASURES}, least)
