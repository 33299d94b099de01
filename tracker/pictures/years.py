"""This year beside last, by the same day of the year's course: the first hand-over of a year is its day nought."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.feedback.models import Rating, Verdict
from tracker.feedback.versions import LATEST
from tracker.figures.models import Counted, Reckoning
from tracker.handling.models import Reply
from tracker.structure.models import Meeting
from tracker.suggestion.models import Suggestion

RECEIVED, ANSWERED, IN_TIME, RETURNED, DISSATISFIED = "received", "answered", "in_time", "returned", "dissatisfied"
MEASURES = (RECEIVED, ANSWERED, IN_TIME, DISSATISFIED, RETURNED)
WEEKS = 53
REMEMBERED = 200
Days = dict[str, dict[int, int]]


@dataclass(frozen=True)
class Course:
    """One year: its first day, and how many of each measure came on which day after it."""

    year: int
    began_on: date
    until: int  # the last day of the course that was counted
    days: Days = field(default_factory=dict)

    def by_day(self, measure: str, day: int) -> int:
        """How many there were up to and including a day of the course."""
        return sum(count for on, count in self.days.get(measure, {}).items() if on <= day)

    def total(self, measure: str) -> int:
        return sum(self.days.get(measure, {}).values())

    @property
    def weeks(self) -> int:
        """The weeks of its course that lie behind, the present one not."""
        return min(self.until // 7, WEEKS)


def courses(reckoning: Reckoning, bodies: Sequence[int] | None) -> list[Course]:
    """The last year counted and the one before it, the later first; of some bodies or (None) of all.

    A count never changes, so it is gone through once a process.
    """
    return _courses(
        reckoning.id, reckoning.congress_id, reckoning.on, None if bodies is None else tuple(sorted(bodies))
    )


@lru_cache(maxsize=REMEMBERED)
def _courses(_count: int, congress_id: int, on: date, bodies: tuple[int, ...] | None) -> list[Course]:
    found: defaultdict[int, defaultdict[str, Counter[date]]] = defaultdict(lambda: defaultdict(Counter))
    for row in db.session.execute(_counted(congress_id, bodies)):
        _add(found[row.year], row)
    years = sorted(found, reverse=True)[:2]
    for year, day, count in db.session.execute(_dissatisfied(congress_id, on, bodies)):
        found[year][DISSATISFIED][day] += count
    return [_course(year, found[year], on) for year in years]


def _course(year: int, counted: dict[str, Counter[date]], on: date) -> Course:
    began_on = min(counted[RECEIVED], default=on)
    days = {name: {(day - began_on).days: count for day, count in of.items()} for name, of in counted.items()}
    return Course(year, began_on, (on - began_on).days, days)


def _add(year: dict[str, Counter[date]], row: Any) -> None:
    year[RECEIVED][row.began_on] += row.received
    if row.ended_on is not None:
        for name in (ANSWERED, IN_TIME, RETURNED):
            if count := getattr(row, name):
                year[name][row.ended_on] += count


def _counted(congress_id: int, bodies: tuple[int, ...] | None) -> sa.Select[Any]:
    sums = {
        RECEIVED: Counted.main,  # type: ignore[attr-defined]
        ANSWERED: Counted.answered,  # type: ignore[attr-defined]
        IN_TIME: Counted.in_time_original,  # type: ignore[attr-defined]
        RETURNED: Counted.returned,  # type: ignore[attr-defined]
    }
    wanted = (
        sa.select(
            Counted.year, Counted.began_on, Counted.ended_on,
            *(sa.func.sum(column).label(name) for name, column in sums.items()),
        )
        .where(Counted.congress_id == congress_id, Counted.assignment_id.is_not(None), Counted.began_on.is_not(None))
        .group_by(Counted.year, Counted.began_on, Counted.ended_on)
    )  # fmt: skip
    return wanted if bodies is None else wanted.where(Counted.body_id.in_(bodies))


def _dissatisfied(congress_id: int, on: date, bodies: tuple[int, ...] | None) -> sa.Select[Any]:
    """Last words of deputies who are dissatisfied with the result, by the day they were said."""
    wanted = (
        sa.select(Meeting.year, Rating.on, sa.func.count())
        .select_from(Rating)
        .join(Reply, Reply.id == Rating.reply_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .join(Meeting, Meeting.id == Suggestion.meeting_id)
        .where(Assignment.congress_id == congress_id, Rating.result == Verdict.DISSATISFIED, LATEST, Rating.on <= on)
        .group_by(Meeting.year, Rating.on)
    )
    return wanted if bodies is None else wanted.where(Assignment.body_id.in_(bodies))


def day_of(course: Course, day: int) -> date:
    """The calendar day of a day of the course."""
    return course.began_on + timedelta(days=day)
