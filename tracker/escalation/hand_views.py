"""Chasing a body by hand, and marking a pending case: two forms about one body's part of a suggestion."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.dispatch.queries import get_assignment
from tracker.escalation import by_hand, noted
from tracker.escalation.forms import ChaseForm, PendingForm
from tracker.escalation.views import pages
from tracker.handling.names import MANNERS
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow

BOTH = ["GET", "POST"]


@pages.route("/assignments/<int:assignment_id>/chases/new", methods=BOTH)
@allow(*OFFICE, Role.HUB)
def chase(assignment_id: int) -> Any:
    form = ChaseForm(on=clock.today())
    if form.validate_on_submit() and obeys(form, lambda: _chase(form, assignment_id)):
        flash(_("It is recorded on the ladder."), "ok")
        return _back(assignment_id)
    assignment = noted.get_chased(assignment_id, visitor())
    earlier = noted.chases_of(assignment.suggestion, visitor())
    return render_template(
        "escalation/chase.html",
        form=form,
        assignment=assignment,
        suggestion=assignment.suggestion,
        chases=[one for one in earlier if one.assignment_id == assignment_id],
        manners=MANNERS,
    )


@pages.route("/assignments/<int:assignment_id>/pending-case", methods=BOTH)
@allow(*OFFICE)
def pending_case(assignment_id: int) -> Any:
    """A case still pending is marked with a reason, and chased again with another; what was marked is kept.

    The form says which of both it is: a page that lay open while somebody else marked it never takes the mark away.
    """
    form, act = PendingForm(), _unmark if request.form.get("act") == "unmark" else _mark
    if form.validate_on_submit() and obeys(form, lambda: act(form, assignment_id)):
        flash(_("It is recorded."), "ok")
        return _back(assignment_id)
    assignment = get_assignment(assignment_id, visitor())
    marks = noted.marks_of(assignment.suggestion, visitor())
    return render_template(
        "escalation/pending.html",
        form=form,
        assignment=assignment,
        suggestion=assignment.suggestion,
        marks=[one for one in marks if one.assignment_id == assignment_id],
    )


def _chase(form: ChaseForm, assignment_id: int) -> None:
    asking = visitor()
    by_hand.chase(
        noted.get_chased(assignment_id, asking),
        form.manner.data,
        form.whom.data or "",
        form.said.data or "",
        by=asking.actor(),
        on=form.on.data,
        promised=form.promised.data or "",
        promised_on=form.promised_on.data,
    )


def _mark(form: PendingForm, assignment_id: int) -> None:
    asking, on = visitor(), clock.today()
    assignment = get_assignment(assignment_id, asking)
    by_hand.mark_pending(assignment, assignment.body.branch, form.reason.data or "", by=asking.actor(), on=on)


def _unmark(form: PendingForm, assignment_id: int) -> None:
    asking, on = visitor(), clock.today()
    by_hand.unmark_pending(get_assignment(assignment_id, asking), form.reason.data or "", by=asking.actor(), on=on)


def _back(assignment_id: int) -> Any:
    suggestion_id = get_assignment(assignment_id, visitor()).suggestion_id
    return once.done(url_for("register.show", suggestion_id=suggestion_id) + "#ladder")
