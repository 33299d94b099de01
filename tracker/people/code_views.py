"""The code of a body's office, made anew by the congress's office or the body's leader."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.people import office_code
from tracker.people.named_pages import pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.structure.models import Body
from tracker.structure.queries import get_body
from tracker.structure.succession import is_of
from tracker.web import once
from tracker.web.forms import OfficeForm, obeys
from tracker.web.gate import allow

__all__ = ["pages"]


@pages.route("/bodies/<int:body_id>/code", methods=["GET", "POST"])
@allow(*OFFICE, Role.ADMIN, Role.BODY_LEADER)
def code(body_id: int) -> Any:
    """When it was made and by whom; a new one is shown once."""
    form, body = OfficeForm(), _body(body_id)
    if form.validate_on_submit() and obeys(form, lambda: _make(body_id)):
        return once.done(url_for("people.code", body_id=body_id))
    return render_template("people/code.html", form=form, body=body, made=office_code.code_of(body_id))


def _make(body_id: int) -> None:
    made = office_code.make_code(_body(body_id), by=visitor().actor(), at=clock.now())
    flash(_("The code of the office is now %(code)s. It is shown only this once.", code=made), "ok")


def _body(body_id: int) -> Body:
    """A body of this congress; for its leader only his own."""
    asking = visitor()
    found = get_body(body_id, asking.congress_id)
    if asking.role is Role.BODY_LEADER and not is_of(asking.body_id, found.id):
        raise NotFound
    return found
