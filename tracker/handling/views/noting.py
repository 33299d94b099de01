"""What the body notes on the way: its progress, and the signed record of a contact."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker import clock
from tracker.actor import Actor
from tracker.dispatch.models import Assignment
from tracker.files.store import serve
from tracker.handling import actions, records
from tracker.handling.forms import ProgressForm
from tracker.handling.views import pages
from tracker.handling.views.acting import BOTH, show_form
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.web.gate import allow, by_link


@pages.route("/assignments/<int:assignment_id>/progress", methods=BOTH)
@pages.route("/links/<token>/progress", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def progress(assignment_id: int | None = None, **_link: str) -> Any:
    form = ProgressForm(on=clock.today())

    def note(own: Assignment, by: Actor) -> None:
        actions.note_progress(own, form.text.data, by=by, on=form.on.data)

    return show_form("handling/progress.html", form, assignment_id, note, _("The progress is noted."))


@pages.get("/assignments/<int:assignment_id>/contacts/<int:contact_id>/signed-record/<int:file_id>")
@pages.get("/links/<token>/contacts/<int:contact_id>/signed-record/<int:file_id>")
@by_link
@allow(*BODY, Role.HUB, *OFFICE)
def contact_record(contact_id: int, file_id: int, assignment_id: int | None = None, **_link: str) -> Any:
    """A signed record of a contact, for whoever may open the page of its assignment."""
    asking = visitor()
    return serve(records.get_record(contact_id, file_id, asking.assignment_id or assignment_id, asking))
