"""The office completes a reply: its original comes in, its class is changed."""

from __future__ import annotations

from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.files.store import keep
from tracker.handling import actions, decisions, queries
from tracker.handling.forms import ClassForm, OriginalForm
from tracker.handling.models import Reply
from tracker.handling.views import pages
from tracker.handling.views.reading import CORRECTED, class_form, page_of_reply
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.post("/replies/<int:reply_id>/original")
@allow(*OFFICE, Role.HUB)
def original(reply_id: int) -> Any:
    """The stamped scan is uploaded, or the paper original recorded, by whoever delivers it."""
    form = OriginalForm()
    if form.validate_on_submit() and obeys(form, lambda: _record(reply_id, form)):
        flash(_("The original is recorded."), "ok")
        return once.done(url_for("handling.read", reply_id=reply_id))
    return page_of_reply(reply_id, original=form)


@pages.post("/replies/<int:reply_id>/class")
@allow(*OFFICE)
def change_class(reply_id: int) -> Any:
    form = class_form(_found(reply_id))
    if form.validate_on_submit() and obeys(form, lambda: _change(reply_id, form)):
        flash(_("The class is changed, and the body is told."), "ok")
        return once.done(url_for("handling.read", reply_id=reply_id))
    return page_of_reply(reply_id, reclassing=form)


def _record(reply_id: int, form: OriginalForm) -> None:
    found, by, at = _found(reply_id), visitor().actor(), clock.now()
    if visitor().role is Role.HUB and not decisions.may_read_first(found, visitor()):
        raise NotFound
    scans = [keep(form.scan.data, by=by, at=at)] if form.scan.data else []
    came_on = form.came_on.data
    actions.record_original(found, found.assignment, by=by, on=clock.today(), scans=scans, came_on=came_on)


def _change(reply_id: int, form: ClassForm) -> None:
    found = _found(reply_id)
    said = {"by": visitor().actor(), "on": clock.today()}
    actions.change_class(found, found.assignment, form.class_label.data, form.reason.data, **said)


def _found(reply_id: int) -> Reply:
    found = queries.get_reply(reply_id, visitor())
    if found.assignment.standing not in CORRECTED:
        raise NotFound
    return found
