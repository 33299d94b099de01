"""The code of a body's office, made anew by the congress's office or the body's leader."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from tracker import clock
from tracker.errors import NotFound
from tracker.people import office_code, passwords
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
    form, body, new = OfficeForm(), _body(body_id), [""]
    if form.validate_on_submit() and obeys(form, lambda: new.append(_make(body_id))):
        answer = once.done(url_for("people.code", body_id=body_id))
        kept = office_code.code_of(body_id)
        if kept is None or not passwords.matches(kept.code_hash, new[-1]):  # another press was quicker
            return answer
        body = _body(body_id)
    return render_template("people/code.html", form=form, body=body, made=office_code.code_of(body_id), new=new[-1])


def _make(body_id: int) -> str:
    """A new code; it stands on the answer itself, for a message of the next page would travel in the cookie."""
    return office_code.make_code(_body(body_id), by=visitor().actor(), at=clock.now())


def _body(body_id: int) -> Body:
    """A body of this congress; for its leader only his own."""
    asking = visitor()
    found = get_body(body_id, asking.congress_id)
    if asking.role is Role.BODY_LEADER and not is_of(asking.body_id, found.id):
        raise NotFound
    return found
