"""Whose figures a visitor may see, and the items behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.figures.measure import Group
from tracker.figures.measures import MEASURES
from tracker.figures.models import Counted, Dimension, Figure
from tracker.figures.tables import ALL
from tracker.roles import BODY, SEES_ALL, Role
from tracker.stage import Visitor
from tracker.structure.models import Body, Branch
from tracker.structure.succession import and_before, arm_of, paired_with
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import scope

MOST_NARROWED = 30
_COLUMNS = {
    Dimension.BODY: Counted.body_id,
    Dimension.DELEGATION: Counted.delegation_id,
    Dimension.MEETING: Counted.meeting_id,
}


@dataclass(frozen=True)
class Cell:
    """One number of a table: of which measure, of which row, of which period."""

    measure: str
    dimension: Dimension
    key: str
    period: str = ALL


def sees_the_whole(visitor: Visitor) -> bool:
    """Whether he reads every table: office, leaders, auditor."""
    return visitor.role in SEES_ALL


def whose(visitor: Visitor) -> sa.Select[tuple[int]] | None:
    """The bodies whose figures are his to see; None: all. A hub sees its arm, a committee the bodies it is paired with,
    a body itself and those whose whole work it took over.
    """
    if sees_the_whole(visitor):
        return None
    if visitor.role is Role.HUB:
        return arm_of(visitor.body_id)
    if visitor.role is Role.COMMITTEE:
        return paired_with(visitor.body_id)
    return and_before(visitor.body_id if visitor.role in BODY else None)


def bodies_of(visitor: Visitor) -> set[int] | None:
    """The same, looked up."""
    wanted = whose(visitor)
    return None if wanted is None else set(db.session.scalars(wanted))


def keys_of(visitor: Visitor, dimension: Dimension) -> set[str] | None:
    """The rows of a table that are his to see; None: all."""
    if sees_the_whole(visitor):
        return None
    theirs = bodies_of(visitor) or set()
    return {str(one) for one in theirs} if dimension is Dimension.BODY else set()


def behind(visitor: Visitor, cell: Cell) -> sa.Select[Any]:
    """The items or item-bodies a number was counted from, the newest first; as far as he may see them.

    Items of a body are those of which it received a part.
    """
    of_items = MEASURES[cell.measure].group is Group.ITEMS
    of_body = cell.dimension in (Dimension.BODY, Dimension.BRANCH)
    is_item = of_items and not of_body
    fact = getattr(Counted, "received" if of_items and of_body else cell.measure)
    which = [
        Counted.congress_id == visitor.congress_id,
        Counted.assignment_id.is_(None) if is_item else Counted.assignment_id.is_not(None),
        fact > 0,
        *_row(cell),
        *_period(cell.period),
    ]
    if of_items and of_body and cell.measure != "items":
        which.append(sa.false())  # an item as a whole has no single body
    if not sees_the_whole(visitor):
        which.append(Counted.body_id.in_(bodies_of(visitor) or {0}))
    return (
        sa.select(
            Counted.suggestion_id,
            Suggestion.number,
            Suggestion.title,
            Suggestion.internal,
            Body.name,
            Body.name_en,
            Assignment.part,
            Assignment.round,
            Counted.began_on,
            Counted.ended_on,
            Counted.original_due_on,
            Counted.due_on,
            fact.label("number_of"),
        )
        .join(Suggestion, Suggestion.id == Counted.suggestion_id)
        .outerjoin(Assignment, Assignment.id == Counted.assignment_id)
        .outerjoin(Body, Body.id == Counted.body_id)
        .where(*which, scope(visitor))
        .order_by(Counted.suggestion_id.desc(), Counted.id)
    )


def count(wanted: sa.Select[Any], most: int) -> int:
    """How many there are, counted no farther than this."""
    rows = wanted.with_only_columns(sa.literal(1), maintain_column_froms=True).order_by(None).limit(most).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(rows)) or 0


def narrowed(wanted: sa.Select[Any], reckoning_id: int, cell: Cell) -> sa.Select[Any]:
    """The same, looked for only where the figures say that there is some: what is rare in the whole would else be
    searched for row by row.
    """
    by_body = MEASURES[cell.measure].group is not Group.ITEMS
    dimension, column = (Dimension.BODY, Counted.body_id) if by_body else (Dimension.DELEGATION, Counted.delegation_id)
    if cell.dimension is dimension:
        return wanted
    keys = sa.select(Figure.key).where(
        Figure.reckoning_id == reckoning_id,
        Figure.period == cell.period,
        Figure.dimension == dimension,
        getattr(Figure, cell.measure) > 0,
    )
    found = list(db.session.scalars(keys.limit(MOST_NARROWED + 1)))
    if len(found) > MOST_NARROWED or "" in found:
        return wanted
    return wanted.where(column.in_([int(one) for one in found]) if found else sa.false())


def must_be_theirs(visitor: Visitor, cell: Cell) -> None:
    """:raises NotFound: the row is not this visitor's to see; of the whole he has the list of what is his."""
    keys = keys_of(visitor, cell.dimension)
    if cell.dimension is not Dimension.WHOLE and keys is not None and cell.key not in keys:
        raise NotFound


def number_told(visitor: Visitor, reckoning_id: int, cell: Cell) -> int:
    """The number that stands in the cell; nothing of a whole he does not see."""
    if cell.dimension is Dimension.WHOLE and not sees_the_whole(visitor):
        return 0
    wanted = sa.select(getattr(Figure, cell.measure)).where(
        Figure.reckoning_id == reckoning_id,
        Figure.period == cell.period,
        Figure.dimension == cell.dimension,
        Figure.key == cell.key,
    )
    return db.session.scalar(wanted) or 0


def _row(cell: Cell) -> list[sa.ColumnElement[bool]]:
    if cell.dimension is Dimension.WHOLE:
        return []
    if cell.dimension is Dimension.CATEGORY:
        return [Counted.category == cell.key]
    if cell.dimension is Dimension.BRANCH:
        return [Counted.branch == cell.key] if cell.key in set(Branch) else [sa.false()]
    column = _COLUMNS[cell.dimension]
    return [column == int(cell.key)] if _is_number(cell.key) else [column.is_(None)]


def _period(period: str) -> list[sa.ColumnElement[bool]]:
    kind, _colon, number = period.partition(":")
    if period == ALL or not _is_number(number):
        return []
    return [(Counted.year if kind == "year" else Counted.meeting_id) == int(number)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
