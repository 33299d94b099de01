"""What is held about a person: found, handed out, erased."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.people.visitors import visitor
from tracker.privacy import actions, queries
from tracker.privacy.forms import ErasureForm
from tracker.privacy.names import FATES, KINDS, WHO
from tracker.privacy.queries import Place, Who
from tracker.roles import Role
from tracker.signing.queries import mode_of
from tracker.web import once, personal
from tracker.web.forms import obeys, trimmed
from tracker.web.gate import allow
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

pages = Blueprint("privacy", __name__, url_prefix="/personal-data")
KEEPERS = (Role.OFFICE_LEADER, Role.ADMIN)
PAGE = {Who.DEPUTY: "privacy.deputy", Who.OFFICER: "privacy.officer", Who.USER: "privacy.account"}
NAMED = {Who.DEPUTY: "deputy_id", Who.OFFICER: "officer_id", Who.USER: "user_id"}
MOST_NOTES = 30


@pages.get("/")
@allow(*KEEPERS)
def index() -> Any:
    typed = trimmed(request.args.get("q", ""))[:60]
    found = queries.people_found(visitor().congress_id, typed) if typed else []
    return render_template(
        "privacy/index.html",
        q=typed,
        found=[(WHO[kind], name, here, _address(kind, number)) for kind, number, name, here in found],
        erasures=queries.erasures(visitor().congress_id),
        who=WHO,
        address=_address,
        me=visitor().id,
    )


@pages.route("/deputies/<int:deputy_id>", methods=["GET", "POST"])
@allow(*KEEPERS)
def deputy(deputy_id: int) -> Any:
    return _person(Who.DEPUTY, deputy_id)


@pages.route("/officers/<int:officer_id>", methods=["GET", "POST"])
@allow(*KEEPERS)
def officer(officer_id: int) -> Any:
    return _person(Who.OFFICER, officer_id)


@pages.route("/accounts/<int:user_id>", methods=["GET", "POST"])
@allow(*KEEPERS)
def account(user_id: int) -> Any:
    return _person(Who.USER, user_id)


@pages.post("/erasures/<int:erasure_id>/confirmation")
@allow(*KEEPERS)
def confirm(erasure_id: int) -> Any:
    """The second person's word: now it is done."""
    made = queries.get_erasure(erasure_id, visitor().congress_id)
    person = queries.get_person(Who(made.kind), made.person_id, visitor().congress_id)
    actions.confirm(made, person, by=visitor().actor(), on=clock.today(), at=clock.now())
    flash(_("Erased in %(count)d places.", count=sum(made.counts.values())), "ok")
    return once.done(url_for("privacy.index"))


@pages.post("/erasures/<int:erasure_id>/end")
@allow(*KEEPERS)
def drop(erasure_id: int) -> Any:
    made = queries.get_erasure(erasure_id, visitor().congress_id)
    actions.drop(made, by=visitor().actor(), on=clock.today(), at=clock.now())
    flash(_("Nothing is erased."), "ok")
    return once.done(url_for("privacy.index"))


def _person(kind: Who, person_id: int) -> Any:
    own = visitor().congress_id
    person, form = queries.get_person(kind, person_id, own), ErasureForm()
    mode = mode_of(own)
    two_steps = mode is not None and mode.two_steps
    if form.validate_on_submit() and obeys(form, lambda: _ask(person_id, kind, form, two_steps)):
        flash(_("Waits for a second person to confirm it.") if two_steps else _("Erased."), "ok")
        return once.done(url_for("privacy.index"))
    found = queries.places(queries.get_person(kind, person_id, own))
    personal.looked_up(**{NAMED[kind]: person_id, "places": len(found)})
    if asked_for_sheet():
        return workbook(f"{_('Personal data')} {person.name}", _headers(), _cells(found))
    return render_template(
        "privacy/person.html",
        person=person,
        kind=WHO[kind],
        places=found,
        kinds=KINDS,
        fates=FATES,
        notes=_notes(found),
        form=form,
        two_steps=two_steps,
        waiting=queries.open_erasure(person, own),
        action=_address(kind, person_id),
        sheet_url=sheet_url(),
    )


def _ask(person_id: int, kind: Who, form: ErasureForm, two_steps: bool) -> None:
    person = queries.get_person(kind, person_id, visitor().congress_id)
    known = {
        _value(place, row): [place.table, place.column, list(row)] for place, row in _noted(queries.places(person))
    }
    notes = [known[one] for one in request.form.getlist("notes") if one in known and _reads()]
    when = {"by": visitor().actor(), "on": clock.today(), "at": clock.now()}
    actions.ask(person, visitor().congress_id, form.reason.data or "", notes, two_steps=two_steps, **when)


def _notes(found: list[Place]) -> list[tuple[str, str]]:
    """The notes somebody wrote down in passing; an administrator reads no content and names none."""
    if not _reads():
        return []
    shown = list(_noted(found))[:MOST_NOTES]
    return [(_value(place, row), queries.text_of(place.table, place.column, row)[:200]) for place, row in shown]


def _noted(found: list[Place]) -> list[tuple[Place, tuple[int, ...]]]:
    return [(place, row) for place in found if place.kind == "note" for row in place.rows]


def _value(place: Place, row: tuple[int, ...]) -> str:
    return f"{place.table}.{place.column}.{'.'.join(map(str, row))}"


def _reads() -> bool:
    return visitor().role is not Role.ADMIN


def _address(kind: str, person_id: int) -> str:
    numbers: dict[str, Any] = {NAMED[Who(kind)]: person_id}
    return url_for(PAGE[Who(kind)], **numbers)


def _headers() -> list[str]:
    return [_("Table and column"), _("What it is"), _("Row"), _("What becomes of it"), _("What stands there")]


def _cells(found: list[Place]) -> list[list[Any]]:
    """Each row with what stands there (第四十五条: a copy for the person); of the record only that it is there."""
    rows = []
    for place in found:
        is_shown = place.kind in ("contact", "network") and place.is_own or (place.kind == "note" and _reads())
        for row in place.rows:
            said = queries.text_of(place.table, place.column, row) if is_shown else ""
            where, number = f"{place.table}.{place.column}", "/".join(map(str, row))
            rows.append([where, _(KINDS[place.kind]), number, _(FATES[place.kind]), said])
    return rows
