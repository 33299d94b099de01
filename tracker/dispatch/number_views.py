"""The numbers of other levels' ledgers."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from tracker import clock
from tracker.dispatch import queries
from tracker.dispatch.actions.other_numbers import note_number, other_numbers, strike_number
from tracker.dispatch.views import pages
from tracker.errors import NotFound
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.forms import OfficeForm, line, obeys
from tracker.web.gate import allow

__all__ = ["pages"]


class OtherNumberForm(OfficeForm):
    ledger = line(_l("Whose ledger"), most=120, hint=_l("The congress or body of the other level, as it calls itself."))
    number = line(_l("Number there"), most=60)
    assignment_id = SelectField(_l("Belongs to"), coerce=int)


@pages.route("/suggestions/<int:suggestion_id>/other-numbers", methods=["GET", "POST"])
@allow(*OFFICE)
def other_number(suggestion_id: int) -> Any:
    """The numbers it has elsewhere, and room for one more."""
    form = OtherNumberForm()
    given = queries.assignments_of(get_suggestion(suggestion_id, visitor()).id)
    form.assignment_id.choices = [(0, _("the suggestion itself")), *((one.id, one.body.name) for one in given)]
    if form.validate_on_submit() and obeys(form, lambda: _note(suggestion_id, form)):
        flash(_("Saved."), "ok")
        return once.done(url_for("dispatch.other_number", suggestion_id=suggestion_id))
    suggestion = get_suggestion(suggestion_id, visitor())
    names = {one.id: one.body for one in queries.assignments_of(suggestion_id)}
    return render_template(
        "dispatch/other_number.html", form=form, suggestion=suggestion, rows=other_numbers(suggestion_id), names=names
    )


def _note(suggestion_id: int, form: OtherNumberForm) -> None:
    suggestion = get_suggestion(suggestion_id, visitor())
    assigned = {one.id: one for one in queries.assignments_of(suggestion_id)}
    about = assigned.get(form.assignment_id.data)
    by, at = visitor().actor(), clock.now()
    note_number(suggestion, form.ledger.data or "", form.number.data or "", about, by=by, at=at)


@pages.post("/suggestions/<int:suggestion_id>/other-numbers/<int:number_id>/end")
@allow(*OFFICE)
def strike_other_number(suggestion_id: int, number_id: int) -> Any:
    suggestion = get_suggestion(suggestion_id, visitor())
    found = [one for one in other_numbers(suggestion.id) if one.id == number_id]
    if not found:
        raise NotFound
    strike_number(found[0], by=visitor().actor(), at=clock.now())
    return once.done(url_for("dispatch.other_number", suggestion_id=suggestion_id))
