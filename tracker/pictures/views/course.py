"""Lights over time, the ages of what is open, and the promises."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from tracker import clock
from tracker.bulletin import frozen
from tracker.bulletin.readers import scope_of
from tracker.deadlines.lamps import lamps
from tracker.people.visitors import visitor
from tracker.pictures import drawn, promises, queries
from tracker.pictures.rules import WEEKS, Month, months_around
from tracker.pictures.sheets import charted, pictures_book
from tracker.pictures.views import READERS, pages
from tracker.web.drawing.bars import Bars
from tracker.web.drawing.columns import Columns
from tracker.web.gate import allow
from tracker.web.sheets import asked_for_sheet, sheet_url


@pages.get("/pictures/lights")
@allow(*READERS)
def lights() -> Any:
    """Week by week as the issues froze it, and today."""
    asking = visitor()
    issues = frozen.issues(asking.congress_id, WEEKS)
    now = drawn.today_row(queries.lights(asking, lamps(asking.congress_id, clock.today())))
    picture = drawn.lights_over_time(issues, frozen.lights_in(issues, scope_of(asking)), now)
    if asked_for_sheet():
        return pictures_book(
            "pictures.lights", [charted(picture, "column"), charted(drawn.late_over_time(picture), "line")]
        )
    return render_template("pictures/lights.html", shown=(picture, Columns.of(picture)), sheet_url=sheet_url())


@pages.get("/pictures/ages")
@allow(*READERS)
def ages() -> Any:
    """How long open item-bodies have been there, and by how much they are over."""
    rows = queries.ages(visitor(), clock.today())
    made = [drawn.ages(rows, "since"), drawn.ages(rows, "over")]
    if asked_for_sheet():
        return pictures_book("pictures.ages", [charted(one, "bar") for one in made])
    return render_template("pictures/ages.html", shown=[(one, Bars.of(one)) for one in made], sheet_url=sheet_url())


@pages.get("/pictures/promises")
@allow(*READERS)
def promised() -> Any:
    """By the month of their last day; of one month by body."""
    asking, today = visitor(), clock.today()
    months = months_around(today)
    made = [drawn.promises(promises.by_month(asking, months, today), months, today)]
    month = Month.named(request.args.get("month", ""))
    if month is not None:
        made.append(drawn.promises_by_body(promises.by_body(asking, month, today), month, today))
    if asked_for_sheet():
        kinds = ("column", "bar")
        return pictures_book("pictures.promised", [charted(one, kind) for one, kind in zip(made, kinds, strict=False)])
    return render_template(
        "pictures/promised.html",
        shown=(made[0], Columns.of(made[0])),
        of_month=(made[1], Bars.of(made[1])) if month is not None else None,
        sheet_url=sheet_url(),
    )
