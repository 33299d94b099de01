"""Two leads: the one that writes asks the other to agree, and that one reads and agrees."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.dispatch.models import Assignment
from tracker.errors import N_, NotFound, RuleBroken
from tracker.handling import actions
from tracker.handling.addresses import address
from tracker.handling.forms import JointForm
from tracker.handling.joint import Together, together
from tracker.handling.names import OUTCOMES
from tracker.handling.views import pages
from tracker.handling.views.acting import BOTH, get_own
from tracker.people.visitors import visitor
from tracker.roles import BODY, Role
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link


@pages.route("/assignments/<int:assignment_id>/joint-reply", methods=BOTH)
@pages.route("/links/<token>/joint-reply", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def joint_reply(assignment_id: int | None = None, **_link: str) -> Any:
    """The reply of both leads as it stands, and what this one can do about it."""
    form, (own, found) = JointForm(), _get(assignment_id)
    if form.validate_on_submit() and obeys(form, lambda: _act(assignment_id, form)):
        form.remember_name()
        flash(_done(found), "ok")
        return once.done(address("handling.assignment", own))
    own, found = _get(assignment_id)
    return render_template(
        "handling/joint_reply.html",
        form=form,
        assignment=own,
        suggestion=own.suggestion,
        together=found,
        outcome_names=OUTCOMES,
    )


def _get(assignment_id: int | None) -> tuple[Assignment, Together]:
    own = get_own(assignment_id)
    found = together(own)
    if found is None:
        raise NotFound
    return own, found


def _done(found: Together) -> str:
    if found.writes:
        return _("The other lead is asked and told.")
    return _("Your reason is noted; the other lead is told.") if _refuses() else _("Your agreement is noted.")


def _refuses() -> bool:
    return request.form.get("act") == "refuse"


def _act(assignment_id: int | None, form: JointForm) -> None:
    own, found = _get(assignment_id)
    by, on = visitor().actor(), clock.today()
    if found.reply is None:
        raise RuleBroken(N_("You are not asked to agree to this."))
    if found.writes:
        actions.ask_agreement(own, found.reply, by=by, on=on)
    elif found.asked is not None and _refuses():
        actions.refuse_agreement(own, found.asked, found.reply, form.reason.data or "", by=by, on=on)
    elif found.asked is not None:
        actions.agree_to_reply(own, found.asked, found.reply, request.form.get("seen", ""), by=by, on=on)
