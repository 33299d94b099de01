"""The office's leader sets a last day by hand."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.deadlines.text import kind_name, sentences
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.handling import actions, queries
from tracker.handling.forms import LastDayForm
from tracker.handling.views import pages
from tracker.people.visitors import visitor
from tracker.roles import Role
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.route("/deadlines/<int:deadline_id>/last-day", methods=["GET", "POST"])
@allow(Role.OFFICE_LEADER)
def set_by_hand(deadline_id: int) -> Any:
    form = LastDayForm()
    deadline, assignment = _get(deadline_id)
    back = url_for("register.show", suggestion_id=assignment.suggestion_id)
    if form.validate_on_submit() and obeys(form, lambda: _act(deadline, assignment, form)):
        flash(_("The last day is set; your name and reason stand beside it."), "ok")
        return once.done(back)
    deadline, assignment = _get(deadline_id)
    return render_template(
        "handling/set_by_hand.html",
        form=form,
        deadline=deadline,
        assignment=assignment,
        suggestion=assignment.suggestion,
        name=kind_name(deadline.kind),
        told=sentences(deadline.explanation),
    )


def _get(deadline_id: int) -> tuple[Deadline, Assignment]:
    """A running clock of an assignment that this visitor may see.

    :raises NotFound: there is none.
    """
    deadline = db.session.get(Deadline, deadline_id)
    if deadline is None or deadline.assignment_id is None or not deadline.is_open:
        raise NotFound
    return deadline, queries.get_assignment(deadline.assignment_id, visitor())


def _act(deadline: Deadline, assignment: Assignment, form: LastDayForm) -> None:
    actions.set_by_hand(
        deadline, assignment, form.to.data, form.reason.data or "", by=visitor().actor(), on=clock.today()
    )
