"""Where time goes: with our own office, hubs, bodies and deputies, and which suggestions lie behind each number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.held import queries
from tracker.held.names import HOLDERS, TASKS
from tracker.held.queries import Lain, Which
from tracker.held.views import asked_which, frame, page_of, pages
from tracker.people.visitors import visitor
from tracker.roles import SEES_ALL, Role
from tracker.structure.models import Body
from tracker.structure.queries import bodies as bodies_of
from tracker.structure.queries import paired_with
from tracker.suggestion.ball import BODY, HUB, OFFICE
from tracker.suggestion.spans import Task
from tracker.web.addresses import asked_here, url_for
from tracker.web.filters import in_language
from tracker.web.gate import allow
from tracker.web.paging import asked_number, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook
from tracker.workdays.queries import calendar
from tracker.workdays.rules import working_days_between

READERS = (*SEES_ALL, Role.HUB, Role.COMMITTEE)


@dataclass(frozen=True)
class Line:
    """One holder, or one task of his, or one body, with what lay there; `oldest` lies there longest now."""

    label: str
    lain: Lain
    values: dict[str, Any]
    oldest: Any = None
    is_task: bool = False


@pages.get("/figures/held")
@allow(*READERS)
def index() -> Any:
    """How long what lay with whom; our own office stands first, as plainly as the others."""
    today, which = clock.today(), asked_which()
    found = queries.by_task(which, today)
    lines = [line for holder in HOLDERS if (holder, "") in found for line in _of(holder, found, which)]
    return _shown("held/index.html", "held.index", lines)


@pages.get("/figures/held/bodies")
@allow(*READERS)
def bodies() -> Any:
    """Body by body, in the order of the structure: no ranking."""
    today, which, mine = clock.today(), asked_which(), _mine()
    lines = []
    for holder in (BODY, HUB):
        found = queries.by_body(Which(which.congress_id, which.meeting_id, holder), today)
        for body in bodies_of(which.congress_id):
            if body.id in found and mine(body):
                values = {"holder": holder, "body": str(body.id)}
                lines.append(Line(in_language(body), found[body.id], values))
    return _shown("held/bodies.html", "held.bodies", lines)


@pages.get("/figures/held/items")
@allow(*READERS)
def items() -> str:
    """The suggestions behind a number: those that lie there now, or those that have gone on."""
    holder, task = request.args.get("holder", OFFICE), request.args.get("task", "")
    if holder not in HOLDERS or task not in ("", *TASKS):
        raise NotFound
    which = asked_which(holder=holder, body_id=asked_number("body"), task=task)
    has_gone = request.args.get("gone") == "1"
    number, today = asked_page(), clock.today()
    rows = (queries.gone_on if has_gone else queries.still_there)(visitor(), which, number)
    page = page_of(rows, number)
    page.rows = [(row, *_so_far(row, which.congress_id, today)) for row in page.rows]
    kept = asked_here(without=("page", "gone"))
    return render_template(
        "held/items.html",
        page=page,
        title=_title(which),
        has_gone=has_gone,
        still_url=url_for("held.items", **kept),
        gone_url=url_for("held.items", **kept, gone=1),
        task_names=TASKS,
        **frame("held.index"),
    )


def _mine() -> Callable[[Body], bool]:
    """Which bodies' rows are shown: to a hub its own arm's, to a committee those it is paired with, else all."""
    asking = visitor()
    if asking.role is Role.HUB:
        return lambda body: asking.body_id in (body.id, body.hub_id)
    paired = paired_with(asking.body_id) if asking.role is Role.COMMITTEE else None
    return lambda body: paired is None or body.id in paired


def _of(holder: str, found: dict[tuple[str, str], Lain], which: Which) -> list[Line]:
    """A holder's line, and below it one for each task, if there is more than one."""
    asked = Which(which.congress_id, which.meeting_id, holder)
    whole = Line(_(HOLDERS[holder]), found[holder, ""], {"holder": holder}, queries.oldest(visitor(), asked))
    tasks = [one for one in TASKS if (holder, str(one)) in found]
    below = [
        Line(_(TASKS[one]), found[holder, str(one)], {"holder": holder, "task": str(one)}, is_task=True)
        for one in tasks
    ]
    return [whole, *(below if len(below) > 1 else [])]


def _shown(template: str, endpoint: str, lines: list[Line]) -> Any:
    kept = {"meeting": str(asked_number("meeting"))} if asked_number("meeting") else {}
    if asked_for_sheet():
        return workbook(_("Where time goes"), _headers(), [_cells(one) for one in lines])
    return render_template(
        template,
        lines=[
            (one, url_for("held.items", **one.values, **kept), url_for("held.items", **one.values, **kept, gone="1"))
            for one in lines
        ],
        bodies_url=url_for("held.bodies", **kept),
        index_url=url_for("held.index", **kept),
        download_url=sheet_url(),
        **frame(endpoint),
    )


def _headers() -> list[str]:
    return [
        _("With whom"),
        _("In all"),
        _("Gone on"),
        _("There now"),
        _("Working days in all"),
        _("Calendar days in all"),
        _("Half gone on within"),
        _("9 of 10 gone on within"),
        _("Oldest there since"),
    ]


def _cells(one: Line) -> tuple[Any, ...]:
    lain = one.lain
    label = f"  {one.label}" if one.is_task else one.label
    counts = lain.stays, lain.gone, lain.still, lain.working_days, lain.days, lain.middle, lain.most
    return label, *counts, lain.since_on


def _so_far(row: Any, congress_id: int, today: date) -> tuple[int, int]:
    """Working days and calendar days of a stay, counted up to today if it lasts."""
    if row.since_on is None:
        return row.working_days, row.days
    now = max(today, row.since_on)
    more = working_days_between(row.since_on, now, calendar(congress_id))
    return row.working_days + more, row.days + (now - row.since_on).days


def _title(which: Which) -> str:
    """Whose stays the list shows, and for what."""
    who = _(HOLDERS[which.holder])
    if which.body_id is not None:
        found = next((one for one in bodies_of(which.congress_id) if one.id == which.body_id), None)
        if found is None:
            raise NotFound
        who = in_language(found)
    return f"{who}: {_(TASKS[Task(which.task)])}" if which.task else who
