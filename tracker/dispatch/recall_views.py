"""Taking an assignment back from a body, and giving to another what nobody answers any more."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.dispatch import drafted_changes, queries
from tracker.dispatch.actions.recalling import has_lead
from tracker.dispatch.desk import PART_NAMES
from tracker.dispatch.forms import RecallForm
from tracker.dispatch.models import Part
from tracker.dispatch.views import bodies_form, fill, named_in, pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.signing import acting
from tracker.structure.queries import body_choices
from tracker.suggestion.journey import MOVES, Stage
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow

__all__ = ["pages"]


@pages.route("/assignments/<int:assignment_id>/recall", methods=["GET", "POST"])
@allow(*OFFICE)
def recall(assignment_id: int) -> Any:
    """Take it back; where it was the only body that answers, the next page asks who does instead."""
    form = RecallForm()
    done = _("Taken back. The body is being told, and its clocks no longer hold.")
    if form.validate_on_submit() and obeys(form, lambda: acting.say(_recall(assignment_id, form), done)):
        suggestion = queries.get_assignment(assignment_id, visitor()).suggestion
        left = suggestion.stage is Stage.HANDED_OVER and not has_lead(queries.assignments_of(suggestion.id))
        return once.done(url_for("dispatch.assign_again" if left else "register.show", suggestion_id=suggestion.id))
    assignment = queries.get_assignment(assignment_id, visitor())
    before = acting.drafted(drafted_changes.RECALL, assignment_id)
    if before is not None and before.kind == drafted_changes.RECALL and not form.is_submitted():
        form.reason.data = before.facts["reason"]
    others = [one for one in queries.assignments_of(assignment.suggestion_id) if one.id != assignment.id]
    return render_template(
        "dispatch/recall.html",
        form=form,
        assignment=assignment,
        part_names=PART_NAMES,
        may_recall=assignment.standing in MOVES["recall"].from_,
        is_last=not has_lead(others),
        drafted=before,
    )


@pages.route("/suggestions/<int:suggestion_id>/assignment", methods=["GET", "POST"])
@allow(*OFFICE)
def assign_again(suggestion_id: int) -> Any:
    """Who answers it instead of the body it was taken back from."""
    form = bodies_form(body_choices(visitor().congress_id))
    done = _("Assigned. The bodies and the deputies are being told.")
    if form.validate_on_submit() and obeys(form, lambda: acting.say(_assign(suggestion_id, form), done)):
        return once.done(url_for("register.show", suggestion_id=suggestion_id))
    suggestion = get_suggestion(suggestion_id, visitor())
    assigned = queries.assignments_of(suggestion_id)
    before = acting.drafted(drafted_changes.ASSIGN_AGAIN, suggestion_id)
    if before is not None and not form.is_submitted():
        fill(form, [SimpleNamespace(body_id=number, part=Part(part)) for number, part in before.facts["bodies"]])
    return render_template(
        "dispatch/assign_again.html",
        form=form,
        suggestion=suggestion,
        may_assign=suggestion.stage is Stage.HANDED_OVER and not has_lead(assigned),
        drafted=before,
    )


def _recall(assignment_id: int, form: RecallForm) -> bool:
    suggestion_id = queries.get_assignment(assignment_id, visitor()).suggestion_id
    return acting.decide(drafted_changes.RECALL, assignment_id, {"reason": form.reason.data or ""}, suggestion_id)


def _assign(suggestion_id: int, form: Any) -> bool:
    named = [[body.id, str(part)] for body, part in named_in(form)]
    return acting.decide(drafted_changes.ASSIGN_AGAIN, suggestion_id, {"bodies": named}, suggestion_id)
