"""Bodies beside each other, and this year beside last, both as the last count has them."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, url_for

from tracker.figures import tables
from tracker.figures.seen import bodies_of
from tracker.people.visitors import visitor
from tracker.pictures import beside
from tracker.pictures.bodies import Ranked, figures_of, punctuality
from tracker.pictures.rules import MOST_BODIES
from tracker.pictures.sheets import charted, pictures_book
from tracker.pictures.views import READERS, pages
from tracker.pictures.years import Kept
from tracker.pictures.years import courses as courses_of
from tracker.web.drawing.bars import Bars
from tracker.web.drawing.lines import Lines
from tracker.web.gate import allow
from tracker.web.paging import asked_number
from tracker.web.sheets import asked_for_sheet, sheet_url


@pages.get("/pictures/bodies")
@allow(*READERS)
def bodies() -> Any:
    """One small picture a body, the worst first."""
    asking = visitor()
    reckoning = tables.latest(asking.congress_id)
    if reckoning is None:
        return render_template("pictures/bodies.html", reckoning=None)
    counted = sorted(_years(tables.periods(reckoning)), reverse=True)
    year = asked_number("year")
    year = year if year in counted else next(iter(counted), None)
    period = tables.year(year) if year else tables.ALL
    rows, called = figures_of(asking, reckoning, period)
    ranked = Ranked.of(rows)
    if asked_for_sheet():
        every = punctuality([*ranked.compared, *ranked.few, *ranked.never], called, "every", period)
        return pictures_book("pictures.bodies", [charted(every, "bar")])
    longest = max((row["main"] for row in rows), default=0)
    shown = (("compared", ranked.compared[:MOST_BODIES]), ("few", ranked.few), ("never", ranked.never))
    groups = [punctuality(of, called, name, period) for name, of in shown]
    return render_template(
        "pictures/bodies.html",
        reckoning=reckoning,
        minimum=tables.minimum(asking.congress_id),
        every_year=[(one, url_for("pictures.bodies", year=one), one == year) for one in counted],
        groups=[(one, [Bars.alone(one, row, longest) for row in one.rows]) for one in groups],
        others=len(ranked.compared) - MOST_BODIES,
        sheet_url=sheet_url(),
    )


@pages.get("/pictures/years")
@allow(*READERS)
def years() -> Any:
    """Received, answered, in time, dissatisfied, returned: by the same day of the year's course."""
    asking = visitor()
    reckoning, theirs = tables.latest(asking.congress_id), bodies_of(asking)
    of = None if theirs is None else sorted(theirs)
    courses = courses_of(reckoning, of, _kept()) if reckoning is not None else []
    made = [beside.same_day(courses), *beside.over_the_course(courses)] if courses else []
    if asked_for_sheet():
        return pictures_book("pictures.years", [charted(one, kind) for one, kind in beside.as_sheets(made)])
    return render_template(
        "pictures/years.html",
        reckoning=reckoning,
        courses=courses,
        same_day=(made[0], Bars.of(beside.one_by_one(made[0]))) if made else None,
        lines=[(one, Lines.of(one)) for one in made[1:]],
        sheet_url=sheet_url(),
    )


def _kept() -> Kept:
    kept: Kept = current_app.extensions.setdefault("courses", {})
    return kept


def _years(periods: list[str]) -> list[int]:
    return [int(one.removeprefix("year:")) for one in periods if one.startswith("year:")]
