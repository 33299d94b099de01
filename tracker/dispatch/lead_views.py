"""Another body becomes the lead while the suggestion is being handled."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.dispatch import actions, queries
from tracker.dispatch.desk import PART_NAMES, may_change_lead
from tracker.dispatch.forms import LeadForm
from tracker.dispatch.views import pages
from tracker.errors import N_, RuleBroken
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.structure.queries import body_choices, get_body
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow

__all__ = ["pages"]


@pages.route("/assignments/<int:assignment_id>/lead", methods=["GET", "POST"])
@allow(*OFFICE, Role.HUB)
def change_lead(assignment_id: int) -> Any:
    hub_id = visitor().body_id if visitor().role is Role.HUB else None
    assignment = queries.get_leading(assignment_id, visitor())
    form = LeadForm()
    choices = body_choices(visitor().congress_id, hub_id=hub_id)
    form.to_id.choices = [(0, _("choose")), *(one for one in choices if one[0] != assignment.body_id)]
    back = url_for("register.show", suggestion_id=assignment.suggestion_id)
    if form.validate_on_submit() and obeys(form, lambda: _change(assignment_id, form)):
        flash(_("The lead is changed. Both bodies and the deputies are being told."), "ok")
        return once.done(back)
    assignment = queries.get_leading(assignment_id, visitor())
    return render_template(
        "dispatch/change_lead.html",
        form=form,
        assignment=assignment,
        part_names=PART_NAMES,
        may_change=may_change_lead(assignment, visitor()),
    )


def _change(assignment_id: int, form: LeadForm) -> None:
    assignment = queries.get_leading(assignment_id, visitor())
    if not form.to_id.data:
        raise RuleBroken(N_("Name the body it goes to."))
    to = get_body(form.to_id.data, visitor().congress_id)
    facts = {"stays": form.stays.data == "co", "by": visitor().actor(), "on": clock.today()}
    actions.change_lead(assignment, to, form.reason.data or "", **facts)
