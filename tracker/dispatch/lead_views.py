"""Another body becomes the lead while the suggestion is being handled."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.dispatch import drafted_changes, queries
from tracker.dispatch.desk import PART_NAMES, may_change_lead
from tracker.dispatch.forms import LeadForm
from tracker.dispatch.views import pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.signing import acting
from tracker.signing.kinds import Facts
from tracker.structure.queries import body_choices
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
    done = _("The lead is changed. Both bodies and the deputies are being told.")
    if form.validate_on_submit() and obeys(form, lambda: acting.say(_change(assignment_id, form), done)):
        return once.done(back)
    assignment = queries.get_leading(assignment_id, visitor())
    before = acting.drafted(drafted_changes.CHANGE_LEAD, assignment_id)
    if before is not None and before.kind == drafted_changes.CHANGE_LEAD and not form.is_submitted():
        _fill(form, before.facts)
    return render_template(
        "dispatch/change_lead.html",
        form=form,
        assignment=assignment,
        part_names=PART_NAMES,
        may_change=may_change_lead(assignment, visitor()),
        drafted=before,
    )


def _change(assignment_id: int, form: LeadForm) -> bool:
    assignment = queries.get_leading(assignment_id, visitor())
    facts = {
        "to_id": form.to_id.data or 0,
        "stays": form.stays.data == "co",
        "reason": form.reason.data or "",
    }
    return acting.decide(drafted_changes.CHANGE_LEAD, assignment_id, facts, assignment.suggestion_id)


def _fill(form: LeadForm, facts: Facts) -> None:
    """What the clerk typed before it came back."""
    form.to_id.data, form.reason.data = facts["to_id"], facts["reason"]
    form.stays.data = "co" if facts["stays"] else "leaves"
