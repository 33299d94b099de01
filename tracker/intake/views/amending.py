"""Amending what was recorded, until it is handed over."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.files import store
from tracker.intake import actions, queries
from tracker.intake.forms import AmendForm
from tracker.intake.views import pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.numbers import row_number_or_zero


@pages.route("/suggestions/<int:suggestion_id>/amend", methods=["GET", "POST"])
@allow(*OFFICE)
def amend(suggestion_id: int) -> Any:
    form = AmendForm.about(queries.get_to_amend(suggestion_id, visitor()))
    if form.validate_on_submit() and obeys(form, lambda: _amend(suggestion_id, form)):
        flash(_("Amended."), "ok")
        return once.done(url_for("register.show", suggestion_id=suggestion_id))
    suggestion = queries.get_to_amend(suggestion_id, visitor())
    return render_template("intake/amend.html", form=form, suggestion=suggestion)


def _amend(suggestion_id: int, form: AmendForm) -> None:
    suggestion = queries.get_to_amend(suggestion_id, visitor())
    version = row_number_or_zero(form.version.data)
    files = [store.keep(upload, by=visitor().actor(), at=clock.now()) for upload in form.uploads]
    content = form.content(internal=form.internal.data)
    actions.amend(suggestion, content, version=version, by=visitor().actor(), on=clock.today(), files=files)
