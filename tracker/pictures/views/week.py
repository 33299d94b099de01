"""Which pictures there are, and the week on one page for leaders (呈阅件)."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from tracker import clock
from tracker.bulletin import frozen, saying, text
from tracker.bulletin.models import Issue
from tracker.bulletin.readers import scope_of
from tracker.bulletin.scopes import sees_all
from tracker.deadlines.lamps import lamps
from tracker.figures.names import KINDS
from tracker.people.visitors import visitor
from tracker.pictures import drawn, queries, weakest
from tracker.pictures.names import PICTURES
from tracker.pictures.sheets import charted, pictures_book
from tracker.pictures.views import LEADERS, READERS, pages
from tracker.signals.saying import name_of
from tracker.web.drawing.bars import Bars
from tracker.web.gate import allow, may_open
from tracker.web.languages import gettext as _
from tracker.web.sheets import asked_for_sheet, sheet_url

WORDS = {"late_text": text.late_text, "section_name": text.section_name, "say": saying}


@pages.get("/pictures")
@allow(*READERS)
def index() -> str:
    """The pictures that are open to whoever asks."""
    shown = [(url_for(place), _(name), _(said)) for place, name, said in PICTURES if may_open(place)]
    return render_template("pictures/index.html", shown=shown)


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
        blind=[(KINDS[kind], count, kind) for kind, count in _unseen(issue)],
        lights=(lights, Bars.of(lights)),
        overdue=(overdue, Bars.of(overdue)),
        matters=weakest.weakest(issue, asking, scope),
        sign_name=name_of,
        sheet_url=sheet_url(),
        **WORDS,
    )


def _unseen(issue: Issue | None) -> list[tuple[str, int]]:
    """What we cannot see, as the last issue froze it: to count it anew takes longer than a page may."""
    if issue is None or not may_open("figures.unseen"):
        return []
    return list(issue.figures["unseen"]["kinds"].items())
