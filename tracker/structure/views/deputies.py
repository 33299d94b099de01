"""Delegations and their deputies."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.database import db
from tracker.structure import actions, queries, tables
from tracker.structure.forms import DelegationForm, DeputyForm
from tracker.structure.models import Deputy
from tracker.structure.views import (
    EDITORS,
    READERS,
    SEES_CONTACTS,
    acting,
    bodies_or_none,
    congress_id,
    delegations_or_none,
    entry,
    given,
    pages,
    terms_or_none,
    visitor,
)
from tracker.web import personal, sheets
from tracker.web.gate import allow
from tracker.web.paging import Page, asked_page


@pages.get("/deputies")
@allow(*READERS)
def deputies() -> Any:
    search, asked = request.args.get("q", "").strip()[:60], request.args.get("delegation", "")
    choices = [(one.id, one.name) for one in queries.delegations(congress_id(), all_terms=True)]
    delegation_id = next((number for number, _name in choices if str(number) == asked), None)
    found = tables.deputies_found(congress_id(), search=search, delegation_id=delegation_id)
    contacts = visitor().role in SEES_CONTACTS
    if sheets.asked_for_sheet():
        rows = [_cells(one, contacts) for one in db.session.scalars(found)]
        personal.shows(len(rows) if contacts else 0)
        return sheets.workbook(_("Deputies"), _headers(contacts), rows)
    page = _page(found)
    personal.shows(len(page.rows) if contacts else 0)
    return render_template(
        "structure/deputies.html",
        page=page,
        q=search,
        delegations=choices,
        delegation_id=delegation_id,
        contacts=contacts,
        sheet_url=sheets.sheet_url(),
    )


def _page(found: sa.Select[tuple[Deputy]]) -> Page:
    total = db.session.scalar(sa.select(sa.func.count()).select_from(found.order_by(None).subquery())) or 0
    page = Page([], asked_page(), total)
    page.rows = list(db.session.scalars(found.limit(page.rows_each).offset((page.number - 1) * page.rows_each)))
    return page


def _headers(contacts: bool) -> list[str]:
    own = [_("Name"), _("Term"), _("Delegation"), _("Card number"), _("Employer and post"), _("In office")]
    return [*own, _("E-mail"), _("Phone"), _("Address")] if contacts else own


def _cells(one: Deputy, contacts: bool) -> list[Any]:
    delegation = one.delegation.name if one.delegation else ""
    term, active = one.term.ordinal if one.term else "", _("yes") if one.active else _("no")
    own = [one.name, term, delegation, one.card_number, one.employer, active]
    return [*own, one.email, one.phone, one.address] if contacts else own


@pages.route("/deputies/new", methods=["GET", "POST"])
@allow(*EDITORS)
def add_deputy() -> Any:
    present = queries.present_term(congress_id())
    form, own = _form(DeputyForm(term_id=present.id if present else 0)), congress_id()
    back = url_for("structure.deputies")
    return entry(
        _("Add a deputy"), form, lambda: actions.add_deputy(own, **given(form), **acting()), back=back, crumbs=_crumbs()
    )


@pages.route("/deputies/<int:deputy_id>", methods=["GET", "POST"])
@allow(*EDITORS)
def amend_deputy(deputy_id: int) -> Any:
    deputy = queries.get_deputy(deputy_id, congress_id())
    form = _form(DeputyForm(obj=deputy), deputy.heads_body_id)
    return entry(
        deputy.name,
        form,
        lambda: actions.amend_deputy(deputy, **given(form), **acting()),
        back=url_for("structure.cards", deputy_id=deputy_id),
        crumbs=_crumbs(),
    )


def _form(form: DeputyForm, heads_body_id: int | None = None) -> DeputyForm:
    form.delegation_id.choices = delegations_or_none()
    form.term_id.choices = terms_or_none()
    form.heads_body_id.choices = bodies_or_none(heads_body_id)
    return form


@pages.get("/delegations")
@allow(*READERS)
def delegations() -> Any:
    rows = tables.delegation_rows(congress_id())
    personal.shows(sum(1 for one, _number, _term in rows if one.liaison_email))
    if sheets.asked_for_sheet():
        headers = [_("Official name"), _("Term"), _("Deputies"), _("Liaison"), _("E-mail of the liaison")]
        cells = [(one.name, term, number, one.liaison_name, one.liaison_email) for one, number, term in rows]
        return sheets.workbook(_("Delegations"), headers, cells)
    return render_template("structure/delegations.html", rows=rows, sheet_url=sheets.sheet_url())


@pages.route("/delegations/new", methods=["GET", "POST"])
@allow(*EDITORS)
def add_delegation() -> Any:
    present = queries.present_term(congress_id())
    form, own = DelegationForm(term_id=present.id if present else 0), congress_id()
    form.term_id.choices = terms_or_none()
    return entry(
        _("Add a delegation"),
        form,
        lambda: actions.add_delegation(own, **given(form), **acting()),
        back=url_for("structure.delegations"),
        crumbs=_crumbs()[:1],
    )


@pages.route("/delegations/<int:delegation_id>", methods=["GET", "POST"])
@allow(*EDITORS)
def amend_delegation(delegation_id: int) -> Any:
    delegation = queries.get_delegation(delegation_id, congress_id())
    form = DelegationForm(obj=delegation)
    form.term_id.choices = terms_or_none()
    return entry(
        delegation.name,
        form,
        lambda: actions.amend_delegation(delegation, **given(form), **acting()),
        back=url_for("structure.delegations"),
        crumbs=_crumbs()[:1],
    )


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Structure"), url_for("structure.index")), (_("Deputies"), url_for("structure.deputies"))]
