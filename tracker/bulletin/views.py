"""The weekly issues, for ever: each reader sees his part."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from tracker.bulletin import queries, table, text
from tracker.bulletin.letters import branches, worst_bodies
from tracker.bulletin.parts import Part
from tracker.bulletin.readers import scope_of
from tracker.bulletin.rules import SECTIONS
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, SEES_CONTENT, Role
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

pages = Blueprint("bulletin", __name__)
MOST_READERS = 100
MOST_LEAVING = 5_000
TEXTS = {
    "body_name": text.body_name,
    "branch_name": text.branch_name,
    "late_text": text.late_text,
    "rank_name": text.rank_name,
    "rate_text": text.rate_text,
    "section_look": text.section_look,
    "section_name": text.section_name,
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
    scope = scope_of(asking)
    part = Part(issue, scope)
    given = request.args.get("section", "")
    section = given if given in SECTIONS else ""
    chosen = part.lines(section)
    number = min(asked_page(), max(1, -(-len(chosen) // ROWS)))
    figures, sees_all = part.bodies, part.sees_all
    readers = queries.readers(issue.id) if asking.role in (*OFFICE, Role.AUDITOR) else []
    return render_template(
        "bulletin/show.html",
        issue=issue,
        page=Page(list(chosen[(number - 1) * ROWS : number * ROWS]), number, len(chosen)),
        sections=[
            (name, part.counts.get(name, 0), url_for("bulletin.show", week=week, section=name)) for name in SECTIONS
        ],
        section=section,
        figures=figures,
        worst=worst_bodies(figures),
        branches=branches(issue.figures["by_branch"]) if sees_all else [],
        sees_all=sees_all,
        readers=readers[:MOST_READERS],
        reader_count=len(readers),
        **TEXTS,
    )


@pages.get("/bulletins/<week>/download")
@allow(*SEES_CONTENT)
def download(week: str) -> Any:
    issue = queries.get_issue(week, visitor())
    name = _("Weekly bulletin no. %(number)s", number=issue.number)
    return workbook(f"{name} {issue.week}", table.headers(), table.cells(Part(issue, scope_of(visitor()))))
