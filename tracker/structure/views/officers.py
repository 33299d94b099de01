"""Officers: the people at bodies, and the leaders above several."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.roles import Role
from tracker.structure import actions, queries, tables
from tracker.structure.forms import OfficerForm
from tracker.structure.models import Officer
from tracker.structure.names import CHANNELS, RANKS
from tracker.structure.views import (
    EDITORS,
    NONE,
    READERS,
    acting,
    bodies_or_none,
    congress_id,
    entry,
    given,
    hub_id,
    pages,
)
from tracker.web import personal, sheets
from tracker.web.gate import allow
from tracker.web.paging import Page, asked_page


@pages.get("/officers")
@allow(*READERS, Role.HUB)
def officers() -> Any:
    search = request.args.get("q", "").strip()[:60]
    rows = tables.officer_rows(congress_id(), search=search, hub_id=hub_id())
    personal.shows(len(rows))
    if sheets.asked_for_sheet():
        return sheets.workbook(_("Officers"), _headers(), [_cells(one) for one in rows])
    page = Page([], asked_page(), len(rows), rows_each=50)
    page.rows = rows[max(0, page.first - 1) : page.last]
    personal.shows(len(page.rows))
    return render_template(
        "structure/officers.html",
        page=page,
        q=search,
        ranks=RANKS,
        channels=CHANNELS,
        today=clock.today(),
        sheet_url=sheets.sheet_url(),
    )


def _headers() -> list[str]:
    away = [_("Absent from"), _("Absent until"), _("Substitute")]
    return [_("Name"), _("Post"), _("Rank"), _("Body"), _("E-mail"), _("Phone"), _("Letters go"), *away]


def _cells(one: Officer) -> tuple[Any, ...]:
    body = one.body.name if one.body else ""
    away = one.absent_from_on, one.absent_until_on, one.substitute.name if one.substitute else ""
    return one.name, one.title, RANKS[one.rank], body, one.email, one.phone, CHANNELS[one.channel], *away


@pages.route("/officers/new", methods=["GET", "POST"])
@allow(*EDITORS)
def add_officer() -> Any:
    """An officer; `?body=9` says at which body."""
    asked = request.args.get("body", "")
    body_id = int(asked) if asked.isascii() and asked.isdigit() else 0
    form, own = OfficerForm(body_id=body_id), congress_id()
    form.body_id.choices = bodies_or_none()
    form.substitute_id.choices = [NONE, *tables.substitute_choices(own)]
    return entry(
        _("Add an officer"),
        form,
        lambda: actions.add_officer(own, **given(form), **acting()),
        back=_back(form.body_id.data),
        crumbs=_crumbs(),
    )


@pages.route("/officers/<int:officer_id>", methods=["GET", "POST"])
@allow(*EDITORS)
def amend_officer(officer_id: int) -> Any:
    officer = queries.get_officer(officer_id, congress_id())
    form = OfficerForm(obj=officer)
    form.body_id.choices = bodies_or_none(officer.body_id)
    form.substitute_id.choices = [NONE, *tables.substitute_choices(congress_id(), officer_id)]
    return entry(
        officer.name,
        form,
        lambda: actions.amend_officer(officer, **given(form), **acting()),
        back=_back(form.body_id.data),
        crumbs=_crumbs(),
    )


def _back(body_id: int | None) -> str:
    return url_for("structure.body", body_id=body_id) if body_id else url_for("structure.officers")


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Structure"), url_for("structure.index")), (_("Officers"), url_for("structure.officers"))]
