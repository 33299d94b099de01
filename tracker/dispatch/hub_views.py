"""The hub's desk: all that waits for its bodies, dispatched one by one or many at once."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.dispatch import actions, advice, going_round, lists, queries
from tracker.dispatch.forms import BodiesForm
from tracker.dispatch.hub_advice import candidates
from tracker.dispatch.models import Part
from tracker.dispatch.views import ADVISED_AT_ONCE, bodies_form, fill, named_in, pages
from tracker.errors import N_, NotFound, RuleBroken
from tracker.people.visitors import visitor
from tracker.roles import Role
from tracker.structure.models import Body
from tracker.structure.queries import body_choices, get_body
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.numbers import row_number
from tracker.web.sentences import sentence
from tracker.web.sheets import asked_for_sheet, sheet_url, tables

__all__ = ["pages"]
MOST_TOLD = 8


@pages.get("/dispatch")
@allow(Role.HUB)
def hub() -> Any:
    """What the hub was given and has not dispatched yet, with advice, and the returns and objections of its bodies."""
    waiting = db.session.scalars(queries.at_the_hub(visitor())).unique().all()
    asked = db.session.scalars(queries.returns_for(visitor())).all()
    if asked_for_sheet():
        return tables(_("Dispatch to bodies"), [lists.at_the_hub(waiting), lists.of_returns(asked)])
    return render_template(
        "dispatch/hub.html",
        waiting=waiting,
        advised=candidates([one.suggestion_id for one in waiting], visitor().body_id),
        advised_at_once=ADVISED_AT_ONCE,
        returns=asked,
        objections=going_round.objections(visitor()),
        sheet_url=sheet_url(),
    )


@pages.post("/dispatch/advice")
@allow(Role.HUB)
def advise_hub() -> Any:
    """Advice among the hub's own bodies for the next of those that have none."""
    waiting = advice.unadvised_at_hub(visitor(), limit=ADVISED_AT_ONCE)
    count = advice.keep_advice(waiting, on=clock.today(), hub_id=visitor().body_id)
    flash(_("Advice was found for %(count)s of %(asked)s suggestions.", count=count, asked=len(waiting)), "ok")
    return once.done(url_for("dispatch.hub"))


@pages.post("/dispatch/chosen")
@allow(Role.HUB)
def pass_on_chosen() -> Any:
    """The ticked rows, each whole or not at all; what is refused stays and is told with its reason.

    With one among them that was never ours to see nothing is done at all.
    """
    chosen = request.form.getlist("chosen", type=row_number)
    queries.must_be_visible(chosen, visitor())
    refused = [told for assignment_id in chosen if (told := _try(assignment_id))]
    if done := len(chosen) - len(refused):
        flash(_("Dispatched: %(count)s. The bodies are being told.", count=done), "ok")
    for told in refused[:MOST_TOLD]:
        flash(told, "bad")
    if len(refused) > MOST_TOLD:
        flash(_("And %(count)s more that were not dispatched.", count=len(refused) - MOST_TOLD), "bad")
    if not chosen:
        flash(_("Nothing was chosen."), "warn")
    return once.done(url_for("dispatch.hub"))


def _try(assignment_id: int) -> str:
    """Dispatch one row; the sentence that says why not."""
    number = "—"
    try:
        with db.session.begin_nested():
            assignment = queries.get_at_the_hub(assignment_id, visitor())
            number = assignment.suggestion.number or "—"
            actions.pass_on(assignment, _named(assignment_id), by=visitor().actor(), on=clock.today())
    except (NotFound, RuleBroken) as no:
        why = sentence(no) if isinstance(no, RuleBroken) else _("it is no longer here to be dispatched.")
        return _("Not dispatched: %(number)s. %(why)s", number=number, why=why)
    return ""


def _named(assignment_id: int) -> list[tuple[Body, Part]]:
    lead_id = request.form.get(f"lead-{assignment_id}", 0, type=row_number)
    if not lead_id:
        raise RuleBroken(N_("Name at least one body."))
    helping = [one for one in request.form.getlist(f"helps-{assignment_id}", type=row_number) if one != lead_id]
    congress_id = visitor().congress_id
    named = [(get_body(lead_id, congress_id), Part.LEAD)]
    return named + [(get_body(one, congress_id), Part.CO) for one in dict.fromkeys(helping)]


@pages.route("/assignments/<int:assignment_id>/dispatch", methods=["GET", "POST"])
@allow(Role.HUB)
def pass_on(assignment_id: int) -> Any:
    form = bodies_form(body_choices(visitor().congress_id, hub_id=visitor().body_id))
    if form.validate_on_submit() and obeys(form, lambda: _pass_on(assignment_id, form)):
        flash(_("Dispatched. The bodies are being told."), "ok")
        return once.done(url_for("dispatch.hub"))
    assignment = queries.get_at_the_hub(assignment_id, visitor())
    if not form.is_submitted():
        advised = queries.proposals([assignment.suggestion_id]).get(assignment.suggestion_id, [])
        fill(form, [one for one in advised if one.body.hub_id == visitor().body_id])
    running = deadlines.open_for(assignment_id=assignment.id)
    return render_template("dispatch/pass_on.html", form=form, assignment=assignment, clocks=running)


def _pass_on(assignment_id: int, form: BodiesForm) -> None:
    assignment = queries.get_at_the_hub(assignment_id, visitor())
    actions.pass_on(assignment, named_in(form), by=visitor().actor(), on=clock.today())
