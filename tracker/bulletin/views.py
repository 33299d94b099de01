"""The weekly issues, for ever: each reader sees his part."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.bulletin import actions, printed, queries, saying, sending, table, text
from tracker.bulletin.forms import CorrectionForm
from tracker.bulletin.letters import branches, dissatisfied, worst_bodies
from tracker.bulletin.models import Issue
from tracker.bulletin.parts import Part
from tracker.bulletin.readers import scope_of
from tracker.bulletin.rules import OF_INSTRUCTIONS, SECTIONS
from tracker.errors import NotFound
from tracker.files.rules import tidy_name
from tracker.files.store import disposition
from tracker.paper.printing import MEDIA as PAPER
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, SEES_CONTENT, Role
from tracker.supervision.queries import duties_on
from tracker.supervision.rules import HOW, HOW_LOOKS, how
from tracker.web import once
from tracker.web.busy import room
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.languages import spoken_now
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import KIND, Taken, asked_for_sheet, sheet_url, workbook

pages = Blueprint("bulletin", __name__)
MOST_READERS = 100
MOST_BODIES = 200
MOST_LEAVING = 5_000
MEDIA = {**PAPER, "xlsx": KIND}
FILES = {
    "xlsx": ("xlsx", printed.issue_xlsx),
    "pdf": ("pdf", printed.issue_pdf),
    "docx": ("docx", printed.issue_docx),
    "page": ("pdf", printed.one_page_pdf),
}
TEXTS = {
    "say": saying,
    "body_name": text.body_name,
    "branch_name": text.branch_name,
    "late_text": text.late_text,
    "no_issue_text": text.no_issue_text,
    "of_instructions": OF_INSTRUCTIONS,
    "rank_name": text.rank_name,
    "rate_text": text.rate_text,
    "section_look": text.section_look,
    "section_name": text.section_name,
    "title_text": text.title_text,
}


@pages.get("/bulletins")
@allow(*SEES_CONTENT)
def index() -> Any:
    sees_all = bool(scope_of(visitor()).get("all"))
    if asked_for_sheet():
        rows, _total = queries.issues(visitor(), offset=0, limit=MOST_LEAVING)
        return workbook(_("Weekly bulletin"), table.issue_headers(sees_all), table.issue_cells(rows, sees_all))
    asked = asked_page()
    rows, total = queries.issues(visitor(), offset=(asked - 1) * ROWS, limit=ROWS)
    page = Page(rows, asked, total)
    return render_template("bulletin/index.html", page=page, sees_all=sees_all, sheet_url=sheet_url(), **TEXTS)


@pages.get("/bulletins/<week>")
@allow(*SEES_CONTENT)
def show(week: str) -> str:
    asking = visitor()
    issue = queries.get_issue(week, asking)
    part = Part(issue, scope_of(asking))
    given = request.args.get("section", "")
    section = given if given in SECTIONS else ""
    chosen = part.lines(section)
    number = min(asked_page(), max(1, -(-len(chosen) // ROWS)))
    return render_template(
        "bulletin/show.html",
        issue=issue,
        page=Page(list(chosen[(number - 1) * ROWS : number * ROWS]), number, len(chosen)),
        sections=[(one, part.counts.get(one, 0), url_for("bulletin.show", week=week, section=one)) for one in SECTIONS],
        section=section,
        figures=part.bodies[:MOST_BODIES],
        body_count=len(part.bodies),
        sees_all=part.sees_all,
        is_inside=asking.role is not Role.DEPUTY,
        weakest=part.weakest,
        **_drawn(part),
        **_beside(issue),
        **TEXTS,
    )


@pages.get("/bulletins/<week>/download")
@allow(*SEES_CONTENT)
def download(week: str) -> Any:
    """The reader's part as a file; as a page to be laid before a leader, or as a whole."""
    issue, scope = queries.get_issue(week, visitor()), scope_of(visitor())
    kind = request.args.get("format", "xlsx")
    if kind not in FILES:
        raise NotFound
    ending, make = FILES[kind]
    g.taken = Taken("bulletin.download", Part(issue, scope).total)
    with room():
        made = Response(make(issue, scope, spoken_now()), mimetype=MEDIA[ending])
    name = f"{_('Weekly bulletin no. %(number)s', number=issue.number)} {issue.week}.{ending}"
    made.headers["Content-Disposition"] = disposition(tidy_name(name))
    return made


@pages.route("/bulletins/<week>/corrections/new", methods=["GET", "POST"])
@allow(*OFFICE)
def correct(week: str) -> Any:
    """What an issue said wrongly: added beside it, with its day."""
    form = CorrectionForm()
    if form.validate_on_submit() and obeys(form, lambda: _correct(form, week)):
        flash(_("The correction stands beside the issue, and in the next one."), "ok")
        return once.done(url_for("bulletin.show", week=week))
    return render_template("bulletin/correct.html", form=form, issue=queries.get_issue(week, visitor()))


def _correct(form: CorrectionForm, week: str) -> None:
    by = visitor().actor()
    issue = queries.get_issue(week, visitor())
    actions.correct(issue, form.text.data or "", by=by, on=clock.today(), at=clock.now())


def _drawn(part: Part) -> dict[str, Any]:
    figures = part.issue.figures
    return {
        "worst": worst_bodies(part.bodies),
        "branches": branches(figures["by_branch"]) if part.sees_all else [],
        "ratings": dissatisfied(figures.get("ratings", {})) if part.sees_all else [],
    }


def _beside(issue: Issue) -> dict[str, Any]:
    """What came after the issue was made: corrections, leaders' instructions, and how its letters stand."""
    asking = visitor()
    readers = queries.deliveries(issue.id) if asking.role in (*OFFICE, Role.AUDITOR) else []
    is_unsent = any(row.Reader.letter_id is None for row in readers)
    duties = duties_on(issue.week, asking)
    return {
        "readers": readers[:MOST_READERS],
        "hold": sending.hold_of(issue.week, issue.congress_id) if is_unsent else None,
        "reader_count": len(readers),
        "corrections": queries.corrections(issue.id),
        "duties": [(one, how(one.due_on, one.answered_on, clock.today())) for one in duties],
        "how_names": HOW,
        "how_looks": HOW_LOOKS,
    }
