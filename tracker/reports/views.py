"""The pages of reports: what can be made of the figures, and the files themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.errors import NotFound
from tracker.figures import labels, tables
from tracker.figures.models import Reckoning
from tracker.files.rules import tidy_name
from tracker.files.store import disposition
from tracker.paper.document import Document
from tracker.paper.printing import MEDIA, as_file
from tracker.people.visitors import visitor
from tracker.reports import records, yearly
from tracker.reports.body_record import paper
from tracker.reports.citing import Cited
from tracker.reports.data_sheet import sheet
from tracker.reports.queries import assessments
from tracker.reports.year import year_of
from tracker.roles import BODY, OFFICE, SEES_ALL, SEES_CONTENT, Role
from tracker.structure.queries import the_congress
from tracker.suggestion.queries import get_suggestion
from tracker.web.gate import allow
from tracker.web.sheets import Taken

pages = Blueprint("reports", __name__)
READERS = (*SEES_ALL, *BODY, Role.HUB, Role.COMMITTEE)


@pages.get("/reports")
@allow(*READERS)
def index() -> str:
    """What there is: the year, each body's record, assessments."""
    asking = visitor()
    reckoning = tables.latest(asking.congress_id)
    return render_template(
        "reports/index.html",
        reckoning=reckoning,
        periods=labels.periods(tables.periods(reckoning), asking.congress_id) if reckoning else [],
        period=request.args.get("period", tables.ALL),
        bodies=records.bodies(asking),
        assessments=assessments(asking) if asking.role in (*SEES_ALL, *BODY) else [],
        sees_all=asking.role in SEES_ALL,
        may_write=asking.role in OFFICE,
    )


@pages.get("/reports/year")
@allow(*SEES_ALL)
def year() -> Any:
    """The yearly report as .docx or PDF, with or without the marks of its sources."""
    if tables.latest(visitor().congress_id) is None:
        return render_template("figures/none.html")
    reckoning = _reckoning()
    period = _period(reckoning)
    congress = the_congress(reckoning.congress_id)
    told = year_of(congress, reckoning, period, visitor())
    cited = Cited(request.args.get("marks", "yes") != "no", told.minimum, _address(period))
    return as_answer(lambda: [yearly.report(told, cited)], _("Report on the handling of suggestions"), len(told.bodies))


@pages.get("/reports/bodies/<int:body_id>")
@allow(*READERS)
def body(body_id: int) -> Response:
    """A body's record as .docx or PDF."""
    reckoning = _reckoning()
    period = _period(reckoning)
    record = records.record_of(body_id, reckoning, period, visitor())
    return as_answer(lambda: [paper(record)], f"{_('Record of a body')} {record.body}", len(record.items))


@pages.get("/suggestions/<int:suggestion_id>/data-sheet")
@allow(*SEES_CONTENT)
def data_sheet(suggestion_id: int) -> Response:
    """Everything about one suggestion on paper, as far as its reader may see it."""
    found = get_suggestion(suggestion_id, visitor())
    name = f"{_('Sheet of a suggestion')} {found.number or ''}".strip()
    return as_answer(lambda: [sheet(found, visitor(), on=clock.today())], name, 1)


def as_answer(write: Callable[[], Sequence[Document]], name: str, rows: int) -> Response:
    kind = "docx" if request.args.get("format") == "docx" else "pdf"
    content = as_file(write(), kind)
    g.taken = Taken(request.endpoint or "", rows)
    made = Response(content, mimetype=MEDIA[kind])
    made.headers["Content-Disposition"] = disposition(tidy_name(f"{name}.{kind}"))
    return made


def _reckoning() -> Reckoning:
    """The count that is asked for, or the latest.

    :raises NotFound: there is none in this congress.
    """
    number = request.args.get("count", type=int)
    congress_id = visitor().congress_id
    found = db.session.get(Reckoning, number) if number else tables.latest(congress_id)
    if found is None or found.congress_id != congress_id:
        raise NotFound
    return found


def _period(reckoning: Reckoning) -> str:
    """The period that is asked for.

    :raises NotFound: the count has no figures of it.
    """
    period = request.args.get("period", tables.ALL)
    if period != tables.ALL and period not in tables.periods(reckoning):
        raise NotFound
    return period


def _address(period: str) -> Callable[[str, str, str], str]:
    """Where the list behind a figure is: on a page, so that whoever reads the report can count after."""
    base = str(current_app.config["BASE_URL"])
    return lambda measure, by, key: base + url_for("figures.items", measure=measure, by=by, key=key, period=period)
