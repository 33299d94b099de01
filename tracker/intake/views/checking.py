"""Checking what was recorded: back to the deputy, treated as a letter; or recorded again."""

from __future__ import annotations

from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import RuleBroken
from tracker.intake import actions, queries
from tracker.intake.forms import CheckForm
from tracker.intake.views import pages
from tracker.intake.views.asking import rules_now
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.web import once
from tracker.web.gate import allow


@pages.post("/suggestions/<int:suggestion_id>/check")
@allow(*OFFICE)
def checked(suggestion_id: int) -> Any:
    """Back to the deputy, or treated as a letter; always with the reason, which the deputy is told."""
    suggestion = queries.get_to_amend(suggestion_id, visitor())
    form = CheckForm()
    if not form.validate():
        raise RuleBroken(actions.GIVE_REASON)
    act = {
        "return_to_deputy": actions.return_to_deputy,
        "treat_as_letter": actions.treat_as_letter,
    }[form.decision.data]
    act(suggestion, form.reason.data or "", by=visitor().actor(), on=clock.today())
    flash(_("Done, and noted in the history with its reason."), "ok")
    return once.done(url_for("register.show", suggestion_id=suggestion_id))


@pages.post("/suggestions/<int:suggestion_id>/record")
@allow(*OFFICE)
def record_again(suggestion_id: int) -> Any:
    """The deputy has corrected it."""
    suggestion = queries.get_to_amend(suggestion_id, visitor())
    actions.record_again(suggestion, by=visitor().actor(), on=clock.today(), rules_in_force=rules_now())
    flash(_("Recorded again. Amend it as the deputy corrected it."), "ok")
    return once.done(url_for("intake.amend", suggestion_id=suggestion_id))
