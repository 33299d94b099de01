"""Merging two suggestions of the same matter, shown before it is done, and undoing it."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import N_, NotFound, RuleBroken
from tracker.intake import actions, together
from tracker.intake.act_forms import MergerForm, ReasonForm
from tracker.intake.queries import deputy_names
from tracker.intake.views import pages
from tracker.intake.views.asking import rules_now
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import deputies_of, get_suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sentences import sentence


@pages.route("/suggestions/<int:suggestion_id>/merger", methods=["GET", "POST"])
@allow(*OFFICE)
def merge(suggestion_id: int) -> Any:
    """First the number of the one that stays, then both side by side and who will be answered, then the reason."""
    form = MergerForm(into=request.args.get("into", ""))
    if form.validate_on_submit() and obeys(form, lambda: _merge(suggestion_id, form)):
        flash(_("Merged. Its deputies are being told, and will get every reply."), "ok")
        return once.done(url_for("register.show", suggestion_id=suggestion_id))
    suggestion = get_suggestion(suggestion_id, visitor())
    into, problem = _looked_at(suggestion, form)
    people = [deputy for _id, deputy in deputies_of([suggestion.id, into.id])] if into else []
    return render_template(
        "intake/merge.html",
        form=form,
        suggestion=suggestion,
        into=into,
        problem=problem,
        people=[name for _id, name in deputy_names(list(dict.fromkeys(people)))],
    )


@pages.route("/suggestions/<int:suggestion_id>/separation", methods=["GET", "POST"])
@allow(*OFFICE)
def separate(suggestion_id: int) -> Any:
    """Undo a merger before the hand-over."""
    form = ReasonForm()
    if form.validate_on_submit() and obeys(form, lambda: _separate(suggestion_id, form)):
        flash(_("Separated again. It waits for the hand-over by itself."), "ok")
        return once.done(url_for("register.show", suggestion_id=suggestion_id))
    suggestion = get_suggestion(suggestion_id, visitor())
    merger = together.facts(suggestion, visitor())["merger"]
    if merger is None:
        raise NotFound
    return render_template("intake/separate.html", form=form, suggestion=suggestion, merger=merger)


def _looked_at(suggestion: Suggestion, form: MergerForm) -> tuple[Suggestion | None, str]:
    """The one that stays, and why it cannot be: a sentence, or nothing."""
    if not form.into.data:
        return None, ""
    try:
        into = _into(suggestion, form.into.data)
        actions.must_be_mergeable(suggestion, into)
        for one in (suggestion, into):
            if one.stage is not Stage.RECORDED:
                raise RuleBroken(N_("%(number)s is not waiting for the hand-over."), number=one.number or one.title)
    except RuleBroken as broken:
        return None, sentence(broken)
    return into, ""


def _into(suggestion: Suggestion, number: str) -> Suggestion:
    try:
        return together.get_by_number(number, suggestion, visitor())
    except NotFound:
        raise RuleBroken(N_("There is no suggestion with the number %(number)s."), number=number) from None


def _merge(suggestion_id: int, form: MergerForm) -> None:
    suggestion = get_suggestion(suggestion_id, visitor())
    into = _into(suggestion, form.into.data or "")
    actions.merge(suggestion, into, form.reason.data or "", by=visitor().actor(), on=clock.today())


def _separate(suggestion_id: int, form: ReasonForm) -> None:
    suggestion = get_suggestion(suggestion_id, visitor())
    facts = {"by": visitor().actor(), "on": clock.today(), "rules_in_force": rules_now()}
    actions.separate(suggestion, form.reason.data or "", **facts)
