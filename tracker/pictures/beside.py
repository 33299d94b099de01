"""This year's course beside last year's: the same day of both, and both as lines over the weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.pictures.names import YEARS
from tracker.pictures.years import MEASURES, WEEKS, Course
from tracker.web.drawing.measured import Kind, Picture, Row
from tracker.web.languages import gettext as _


def same_day(courses: Sequence[Course]) -> Picture:
    """Each measure of both years up to the same day of the course."""
    day = courses[0].until
    kinds = [Kind(str(one.year), str(one.year), look) for one, look in zip(courses, ("a", "e"), strict=False)]
    made = [Row(_(YEARS[name]), {str(one.year): one.by_day(name, day) for one in courses}) for name in MEASURES]
    said = _("Day %(day)s of the year's course, counted from its first hand-over.", day=day)
    title = _("By the same day of the year's course")
    return Picture("same-day", title, said, kinds, made, _("What"), _("item-bodies; ratings by deputies"))


def one_by_one(picture: Picture) -> Picture:
    """The same with a bar for each year, one under the other."""
    rows = [
        Row(f"{row.name} · {kind.name}", {kind.key: row.value(kind)}) for row in picture.rows for kind in picture.kinds
    ]
    return replace(picture, rows=rows)


def over_the_course(courses: Sequence[Course]) -> list[Picture]:
    """One picture a measure: this year to the present week, last year to its end."""
    looks = ("now", "before")
    kinds = [Kind(str(course.year), str(course.year), look) for course, look in zip(courses, looks, strict=False)]
    return [
        Picture(
            f"course-{name}",
            _(YEARS[name]),
            _("Week by week since the first hand-over of the year, added up."),
            kinds,
            _weeks(courses, name),
            _("Week of the course"),
            _("ratings by deputies") if name == "dissatisfied" else _("item-bodies"),
        )
        for name in MEASURES
    ]


def as_sheets(pictures: Sequence[Picture]) -> Iterator[tuple[Picture, str]]:
    for place, picture in enumerate(pictures):
        yield picture, "line" if place else "beside"


def _weeks(courses: Sequence[Course], name: str) -> list[Row]:
    """A year that has not come so far says nothing of a week, not even a nought."""
    last = max(course.weeks for course in courses)
    return [
        Row(str(week), {str(one.year): one.by_day(name, 7 * week) for one in courses if week <= one.weeks})
        for week in range(min(last, WEEKS) + 1)
    ]
