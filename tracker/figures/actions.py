"""A congress is counted: first every item-body and item, then the figures of these; all in SQL, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.figures import facts, parts, whole
from tracker.figures.measures import MEASURES, OF_ITEMS, OF_PARTS, Unit
from tracker.figures.models import Counted, CountedDay, Dimension, Figure, Reckoning
from tracker.structure.models import Congress
from tracker.suggestion.models import Suggestion
from tracker.workdays import queries as workdays

ALL = "all"
_ABOUT = ("suggestion_id", "delegation_id", "category", "meeting_id", "year", "began_on", "ended_on")
_BY = {
    Dimension.WHOLE: None,
    Dimension.BODY: Counted.body_id,
    Dimension.BRANCH: Counted.branch,
    Dimension.DELEGATION: Counted.delegation_id,
    Dimension.CATEGORY: Counted.category,
    Dimension.MEETING: Counted.meeting_id,
}
OF_BODIES = (Dimension.BODY, Dimension.BRANCH)


def count(congress: Congress, *, by: Actor, on: date, at: datetime, kept: bool = False) -> Reckoning:
    """Count a congress as it stands: the facts of the last count are replaced, the figures of this one are kept.

    `kept`: it is never thinned out. Two counts of one congress wait for each other.
    """
    db.session.flush()
    db.session.execute(sa.select(Congress.id).where(Congress.id == congress.id).with_for_update())
    for row in (Counted, CountedDay):
        db.session.execute(sa.delete(row).where(row.congress_id == congress.id))
    _number_days(congress.id, on)
    _count_parts(congress.id, on)
    _count_items(congress.id, on)
    made = Reckoning(congress_id=congress.id, on=on, at=at, by_name=by.name, kept=kept)
    db.session.add(made)
    db.session.flush()
    for dimension in Dimension:
        _add_up(made, dimension)
    _sum_periods(made)
    return made


def _number_days(congress_id: int, on: date) -> None:
    """The working days of the span in which bodies had something, numbered, so that SQL can take their difference."""
    given = sa.select(sa.func.min(Assignment.assigned_on)).where(Assignment.congress_id == congress_id)
    handed_over = sa.select(sa.func.min(Suggestion.handed_over_on)).where(Suggestion.congress_id == congress_id)
    met = sa.select(sa.func.max(Deadline.met_on)).where(Deadline.congress_id == congress_id)
    first = min([on, *filter(None, (db.session.scalar(given), db.session.scalar(handed_over)))])
    last = max([on, *filter(None, (db.session.scalar(met),))])
    calendar = workdays.calendar(congress_id)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    rows = [{"congress_id": congress_id, "day": one, "worked": calendar.count_to(one.toordinal())} for one in days]
    db.session.execute(sa.insert(CountedDay), rows)


def _count_parts(congress_id: int, on: date) -> None:
    known = facts.known(congress_id, on)
    about = ("assignment_id", "body_id", "branch", "original_due_on", "due_on", *_ABOUT)
    _write(congress_id, known, about, parts.measured(known.c, on), OF_PARTS)


def _count_items(congress_id: int, on: date) -> None:
    known = whole.known(congress_id, on)
    _write(congress_id, known, _ABOUT, whole.measured(known.c), OF_ITEMS)


def _write(
    congress_id: int, known: sa.Subquery, about: Iterable[str], measured: parts.Facts, keys: Iterable[str]
) -> None:
    columns: dict[str, Any] = {"congress_id": sa.literal(congress_id)}
    columns |= {name: known.c[name] for name in about}
    for key in keys:
        yes_or_no = MEASURES[key].unit in (Unit.PARTS, Unit.ITEMS)
        columns[key] = sa.case((measured[key], 1), else_=0) if yes_or_no else measured[key]
    wanted = sa.select(*(column.label(name) for name, column in columns.items()))
    db.session.execute(sa.insert(Counted).from_select(list(columns), wanted))


def _add_up(made: Reckoning, dimension: Dimension) -> None:
    """The figures of a dimension, meeting by meeting."""
    group = _BY[dimension]
    key = sa.literal("") if group is None else sa.func.coalesce(sa.cast(group, sa.String), "")
    period = sa.literal("meeting:").concat(sa.cast(Counted.meeting_id, sa.String))
    which = [Counted.congress_id == made.congress_id]
    sums: dict[str, Any] = {name: sa.func.coalesce(sa.func.sum(getattr(Counted, name)), 0) for name in MEASURES}
    if dimension in OF_BODIES:
        which.append(Counted.assignment_id.is_not(None))
        received = Counted.received == 1  # type: ignore[attr-defined]
        sums["items"] = sa.func.count(sa.distinct(sa.case((received, Counted.suggestion_id))))
    _keep(made, dimension, period, key, sums, which, [Counted.meeting_id, *([] if group is None else [group])])


def _sum_periods(made: Reckoning) -> None:
    """The same of a year, and of all: a suggestion belongs to one meeting, so meetings add up."""
    sums = {name: sa.func.sum(getattr(Figure, name)) for name in MEASURES}
    by_meeting = [Figure.reckoning_id == made.id, Figure.period.like("meeting:%")]
    year = (
        sa.select(Counted.meeting_id, Counted.year)
        .where(Counted.congress_id == made.congress_id)
        .distinct()
        .subquery("of_year")
    )
    its = sa.literal("meeting:").concat(sa.cast(year.c.meeting_id, sa.String))
    by_year = sa.literal("year:").concat(sa.cast(year.c.year, sa.String))
    yearly = _summed(made, by_year, sums).join(year, its == Figure.period).where(*by_meeting)
    _insert(yearly.group_by(year.c.year, Figure.dimension, Figure.key))
    _insert(_summed(made, sa.literal(ALL), sums).where(*by_meeting).group_by(Figure.dimension, Figure.key))


def _summed(made: Reckoning, period: Any, sums: dict[str, Any]) -> sa.Select[Any]:
    head = (sa.literal(made.id), period, Figure.dimension, Figure.key)
    return sa.select(*head, *sums.values()).select_from(Figure)


def _keep(
    made: Reckoning, dimension: Dimension, period: Any, key: Any, sums: dict[str, Any], which: Any, group: Any
) -> None:
    head = (sa.literal(made.id), period, sa.literal(str(dimension)), key)
    _insert(sa.select(*head, *sums.values()).select_from(Counted).where(*which).group_by(*group))


def _insert(wanted: sa.Select[Any]) -> None:
    names = ["reckoning_id", "period", "dimension", "key", *MEASURES]
    db.session.execute(sa.insert(Figure).from_select(names, wanted))
