"""The pages of points: the scheme a congress gives them by, and assessments with the sheet of each body."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.figures import labels, tables
from tracker.people.visitors import visitor
from tracker.reports import actions, library, queries
from tracker.reports.forms import HOW, BeginForm, SchemeForm, points_form
from tracker.reports.models import Assessment
from tracker.reports.points_paper import formula, list_of, sheet_of
from tracker.reports.queries import Assessed
from tracker.reports.rules import How, read_scheme
from tracker.reports.views import as_answer, pages
from tracker.reports.year import period_name
from tracker.roles import BODY, OFFICE, SEES_ALL, Role
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.languages import spoken_now
from tracker.web.sheets import workbook

BOTH = ["GET", "POST"]
READERS = (*SEES_ALL, *BODY)


@pages.get("/assessments")
@allow(*READERS)
def assessments() -> str:
    """All assessments this visitor may read, and the scheme points are given by."""
    asking = visitor()
    row = queries.scheme_of(asking.congress_id or 0) if asking.role in SEES_ALL else None
    return render_template(
        "reports/assessments.html",
        found=queries.assessments(asking),
        scheme=queries.read(row) if row else None,
        row=row,
        how_names=HOW,
        may_write=asking.role in OFFICE,
        may_choose=asking.role is Role.OFFICE_LEADER,
        period_name=period_name,
        language=spoken_now(),
    )


@pages.route("/assessments/scheme", methods=BOTH)
@allow(Role.OFFICE_LEADER)
def scheme() -> Any:
    """The scheme as a form: what stands, or one of the examples to begin with."""
    congress_id = visitor().congress_id or 0
    form = SchemeForm() if request.method == "POST" else SchemeForm.of(_begun_with(congress_id))
    if form.validate_on_submit() and obeys(form, lambda: _choose(form, congress_id)):
        flash(_("Points are given by this scheme from now on."), "ok")
        return once.done(url_for("reports.assessments"))
    examples = [(name, read_scheme(library.example(name), queries.KNOWN)) for name in library.names()]
    return render_template("reports/scheme.html", form=form, examples=examples, language=spoken_now())


def _begun_with(congress_id: int) -> dict[str, Any]:
    name = request.args.get("example", "")
    if name in library.names():
        return library.example(name)
    row = queries.scheme_of(congress_id)
    return row.data if row else {}


def _choose(form: SchemeForm, congress_id: int) -> None:
    actions.choose_scheme(congress_id, form.said(), by=visitor().actor(), on=clock.today())


@pages.route("/assessments/new", methods=BOTH)
@allow(*OFFICE)
def begin() -> Any:
    """Begin an assessment from the latest count."""
    congress_id = visitor().congress_id or 0
    form, reckoning = BeginForm(), tables.latest(congress_id)
    form.period.choices = labels.periods(tables.periods(reckoning) if reckoning else [], congress_id)
    if form.validate_on_submit() and obeys(form, lambda: _begin(form, congress_id)):
        flash(_("The assessment is begun."), "ok")
        return once.done(url_for("reports.assessments"))
    return render_template("reports/begin.html", form=form, reckoning=tables.latest(congress_id))


def _begin(form: BeginForm, congress_id: int) -> None:
    actions.begin(congress_id, form.title.data or "", form.period.data, by=visitor().actor(), on=clock.today())


@pages.get("/assessments/<int:assessment_id>")
@allow(*READERS)
def assessment(assessment_id: int) -> Any:
    """The bodies with their points; as a file too."""
    asking = visitor()
    found = queries.get_assessment(assessment_id, asking)
    rows = queries.assessed(found, asking)
    if "format" in request.args:
        return _taken(found, rows)
    return render_template(
        "reports/assessment.html",
        assessment=found,
        scheme=queries.read(found.scheme),
        rows=rows,
        period=period_name(found.period),
        may_write=asking.role in OFFICE and found.finished_on is None,
        language=spoken_now(),
    )


def _taken(found: Assessment, rows: list[Assessed]) -> Any:
    kind, name = request.args.get("format"), f"{_('Assessment')} {found.title}"
    if kind not in ("docx", "pdf", "xlsx"):
        raise NotFound
    if kind != "xlsx":
        return as_answer(lambda: [list_of(found, rows)], name, len(rows))
    items = queries.read(found.scheme).items
    headers = [
        _("Rank by points"),
        _("Body"),
        _("Item-bodies"),
        *(one.name(spoken_now()) for one in items),
        _("Points"),
        _("Of"),
    ]
    cells = (
        [
            one.place or "",
            one.body.name,
            one.cases,
            *("" if score.points is None else f"{score.points:f}" for score in one.scores),
            f"{one.total.points:f}",
            f"{one.total.out_of:f}",
        ]
        for one in rows
    )
    return workbook(name, headers, cells)


@pages.route("/assessments/<int:assessment_id>/bodies/<int:body_id>", methods=BOTH)
@allow(*READERS)
def points(assessment_id: int, body_id: int) -> Any:
    """A body's sheet, every item with its formula; the office gives the points no figure gives."""
    asking = visitor()
    found = queries.get_assessment(assessment_id, asking)
    one = queries.get_body(found, body_id, asking)
    if "format" in request.args:
        return as_answer(lambda: [sheet_of(found, one)], f"{found.title} {one.body.name}", 1)
    may_write = asking.role in OFFICE and found.finished_on is None
    by_hand = any(score.item.how is How.HAND for score in one.scores)
    form = points_form(one) if may_write and by_hand else None
    if request.method == "POST" and form is None:
        raise NotFound
    if form is not None and form.validate_on_submit() and obeys(form, lambda: _give(form, assessment_id, body_id)):
        flash(_("The points are entered."), "ok")
        return once.done(url_for("reports.assessment", assessment_id=assessment_id))
    return render_template(
        "reports/points.html", assessment=found, one=one, form=form, formula=formula, language=spoken_now()
    )


def _give(form: Any, assessment_id: int, body_id: int) -> None:
    found = queries.get_assessment(assessment_id, visitor())
    by, on = visitor().actor(), clock.today()
    for item in queries.read(found.scheme).items:
        if item.how is How.HAND:
            said = form[f"points_{item.key}"].data or "", form[f"reason_{item.key}"].data or ""
            actions.give(found, body_id, item, *said, by=by, on=on)


@pages.post("/assessments/<int:assessment_id>/end")
@allow(*OFFICE)
def finish(assessment_id: int) -> Any:
    """The points stand from now on, and each body may read its own."""
    found = queries.get_assessment(assessment_id, visitor())
    actions.finish(found, by=visitor().actor(), on=clock.today())
    flash(_("The assessment is finished; each body may read its own."), "ok")
    return once.done(url_for("reports.assessment", assessment_id=assessment_id))
