"""Bodies, who is in charge of them, and which committee watches them."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.roles import Role
from tracker.structure import actions, queries, succession, tables
from tracker.structure.forms import BodyForm, ChargeForm, DayForm, PairingForm
from tracker.structure.models import Body, Branch
from tracker.structure.names import BRANCHES, CHANNELS, RANKS, SUCCESSIONS
from tracker.structure.views import EDITORS, READERS, acting, bodies_or_none, congress_id, entry, given, hub_id, pages
from tracker.web import once, personal, sheets
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.get("/bodies")
@allow(*READERS, Role.HUB)
def bodies() -> Any:
    branch, with_closed = request.args.get("branch", ""), request.args.get("closed") == "yes"
    rows = tables.body_rows(
        congress_id(),
        hub_id=hub_id(),
        branch=Branch(branch) if branch in tuple(Branch) else None,
        with_closed=with_closed,
    )
    if sheets.asked_for_sheet():
        return sheets.workbook(_("Bodies"), _headers(), [_cells(row) for row in rows])
    return render_template(
        "structure/bodies.html",
        rows=rows,
        branches=BRANCHES,
        branch=branch,
        with_closed=with_closed,
        sheet_url=sheets.sheet_url(),
    )


def _headers() -> list[str]:
    return [
        _("Official name"),
        _("Short name"),
        _("Branch"),
        _("Hub"),
        _("Officers"),
        _("Former names"),
        _("Dissolved on"),
    ]


def _cells(row: tables.BodyRow) -> tuple[Any, ...]:
    body = row.body
    hub = _("It is a hub") if body.is_hub else row.hub_name
    return body.name, body.short_name, BRANCHES[body.branch], hub, row.officers, body.former_names, body.closed_on


@pages.get("/bodies/<int:body_id>")
@allow(*READERS, Role.HUB)
def body(body_id: int) -> Any:
    return _body_page(_body(body_id))


def _body_page(body: Body, **forms: Any) -> Any:
    """The body's page; `forms` are those just sent back."""
    own, today = congress_id(), clock.today()
    offered = {"charge_form": ChargeForm, "pairing_form": PairingForm, "closing_form": DayForm, **forms}
    shown = {name: form() if isinstance(form, type) else form for name, form in offered.items()}
    shown["charge_form"].officer_id.choices = tables.leader_choices(own)
    shown["pairing_form"].committee_id.choices = tables.committee_choices(own)
    officers = tables.all_officers_of(body)
    personal.shows(len(officers))
    return render_template(
        "structure/body.html",
        body=body,
        hub=queries.get_body(body.hub_id, own) if body.hub_id else None,
        officers=officers,
        charges=queries.charges_of([body.id], on=today),
        pairings=tables.pairings_of(body),
        watched=tables.watched_by(body) if body.is_committee else [],
        came_from=succession.came_from(body.id),
        went_to=succession.went_to(body.id),
        successions=SUCCESSIONS,
        today=today,
        branches=BRANCHES,
        ranks=RANKS,
        channels=CHANNELS,
        **shown,
    )


@pages.route("/bodies/new", methods=["GET", "POST"])
@allow(*EDITORS)
def add_body() -> Any:
    form, own = _form(BodyForm()), congress_id()
    back = url_for("structure.bodies")
    return entry(
        _("Add a body"), form, lambda: actions.add_body(own, **_given(form), **acting()), back=back, crumbs=_crumbs()
    )


@pages.route("/bodies/<int:body_id>/facts", methods=["GET", "POST"])
@allow(*EDITORS)
def amend_body(body_id: int) -> Any:
    body = _body(body_id)
    form = _form(BodyForm(obj=body), body)
    return entry(
        body.name,
        form,
        lambda: actions.amend_body(body, **_given(form), **acting()),
        back=url_for("structure.body", body_id=body_id),
        crumbs=_crumbs(),
    )


@pages.post("/bodies/<int:body_id>/closing")
@allow(*EDITORS)
def close_body(body_id: int) -> Any:
    form = DayForm()
    if form.validate_on_submit() and obeys(form, lambda: actions.close_body(_body(body_id), form.on.data, **acting())):
        flash(_("The body is closed. What it did stays."), "ok")
        return once.done(url_for("structure.body", body_id=body_id))
    return _body_page(_body(body_id), closing_form=form)


@pages.post("/bodies/<int:body_id>/charges")
@allow(*EDITORS)
def put_in_charge(body_id: int) -> Any:
    form = ChargeForm()
    form.officer_id.choices = tables.leader_choices(congress_id())
    if form.validate_on_submit() and obeys(form, lambda: _put_in_charge(body_id, form)):
        flash(_("Saved."), "ok")
        return once.done(url_for("structure.body", body_id=body_id))
    return _body_page(_body(body_id), charge_form=form)


def _put_in_charge(body_id: int, form: ChargeForm) -> None:
    officer = queries.get_officer(form.officer_id.data, congress_id())
    actions.put_in_charge(officer, _body(body_id), from_on=form.from_on.data, **acting())


@pages.post("/bodies/<int:body_id>/charges/<int:charge_id>/end")
@allow(*EDITORS)
def end_charge(body_id: int, charge_id: int) -> Any:
    """From tomorrow on, this leader is no longer in charge."""
    actions.end_charge(tables.get_charge(charge_id, _body(body_id)), clock.today(), **acting())
    return once.done(url_for("structure.body", body_id=body_id))


@pages.post("/bodies/<int:body_id>/pairings")
@allow(*EDITORS)
def pair(body_id: int) -> Any:
    form = PairingForm()
    form.committee_id.choices = tables.committee_choices(congress_id())
    if form.validate_on_submit() and obeys(form, lambda: _pair(body_id, form)):
        flash(_("Saved."), "ok")
        return once.done(url_for("structure.body", body_id=body_id))
    return _body_page(_body(body_id), pairing_form=form)


def _pair(body_id: int, form: PairingForm) -> None:
    committee = queries.get_body(form.committee_id.data, congress_id())
    actions.pair(committee, _body(body_id), **acting())


@pages.post("/bodies/<int:body_id>/pairings/<int:pairing_id>/end")
@allow(*EDITORS)
def unpair(body_id: int, pairing_id: int) -> Any:
    found = [pairing for pairing, _committee in tables.pairings_of(_body(body_id)) if pairing.id == pairing_id]
    if not found:
        raise NotFound
    actions.unpair(found[0], **acting())
    return once.done(url_for("structure.body", body_id=body_id))


def _body(body_id: int) -> Body:
    """A body of this congress; for a hub's people only itself and those it dispatches to."""
    found = queries.get_body(body_id, congress_id())
    if (hub := hub_id()) is not None and hub not in (found.id, found.hub_id):
        raise NotFound
    return found


def _form(form: BodyForm, body: Body | None = None) -> BodyForm:
    own = body.id if body else None
    hubs = [choice for choice in tables.hub_choices(congress_id()) if choice[0] != own]
    form.hub_id.choices = bodies_or_none(body.hub_id if body else None, hubs)
    form.parent_id.choices = [choice for choice in bodies_or_none(body.parent_id if body else None) if choice[0] != own]
    return form


def _given(form: BodyForm) -> dict[str, Any]:
    return {**given(form), "sort_key": form.sort_key.data or 0}


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Structure"), url_for("structure.index")), (_("Bodies"), url_for("structure.bodies"))]
