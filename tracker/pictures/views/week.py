"""Which pictures there are, and the week on one page for leaders (呈阅件)."""

from __future__ import annotations

from typing import Any

from flask import render_template

from tracker import clock
from tracker.bulletin import saying, text
from tracker.bulletin.readers import scope_of
from tracker.bulletin.scopes import sees_all
from tracker.deadlines.lamps import lamps
from tracker.figures import queries as figures
from tracker.figures.names import KINDS
from tracker.people.visitors import visitor
from tracker.pictures import drawn, frozen, queries, weakest
from tracker.pictures.names import PICTURES
from tracker.pictures.sheets import charted, pictures_book
from tracker.pictures.views import LEADERS, READERS, pages
from tracker.web.drawing.bars import Bars
from tracker.web.gate import allow, may_open
from tracker.web.sheets import asked_for_sheet, sheet_url

WORDS = {"body_name": text.body_name, "late_text": text.late_text, "section_name": text.section_name, "say": saying}


@pages.get("/pictures")
@allow(*READERS)
def index() -> str:
    """The pictures that are open to whoever asks."""
    return render_template("pictures/index.html", shown=[one for one in PICTURES if may_open(one[0])])


@pages.get("/pictures/week")
@allow(*LEADERS)
def week() -> Any:
    """What we cannot see, the lights now, what is overdue, what changed, and the weakest matters."""
    asking, today = visitor(), clock.today()
    rows = queries.lights(asking, lamps(asking.congress_id, today))
    lights, overdue = drawn.lights_now(rows), drawn.overdue_by_branch(rows)
    if asked_for_sheet():
        return pictures_book("pictures.week", [charted(lights, "bar"), charted(overdue, "bar")])
    issue, scope = frozen.last_issue(asking.congress_id), scope_of(asking)
    return render_template(
        "pictures/week.html",
        today=today,
        issue=issue,
        sees_all=sees_all(scope),
        blind=_blind(asking, today),
        lights=(lights, Bars.of(lights)),
        overdue=(overdue, Bars.of(overdue)),
        matters=weakest.weakest(issue, scope),
        sheet_url=sheet_url(),
        **WORDS,
    )


def _blind(asking: Any, today: Any) -> list[tuple[str, int, str]] | None:
    """What we cannot see: kind and count; None for whom that page is not open."""
    if not may_open("figures.unseen"):
        return None
    return [(KINDS[one.kind], one.count, one.kind) for one in figures.unseen(asking, today, most=1)]
