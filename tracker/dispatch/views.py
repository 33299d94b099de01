"""The dispatch desk: propose bodies, hand over a meeting, dispatch onward, decide returns."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.dispatch import actions, acts, advice, lists, queries
from tracker.dispatch.forms import BodiesForm, HandOverForm, ReturnDecisionForm
from tracker.dispatch.models import Part
from tracker.dispatch.taking import take, taking
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.structure.models import Body
from tracker.structure.queries import body_choices, get_body, get_meeting, meetings, the_congress
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sheets import asked_for_sheet, sheet_url, tables

pages = Blueprint("dispatch", __name__)
ADVISED_AT_ONCE = 25
ACTS_SHOWN = 12


@pages.get("/hand-overs")
@allow(*OFFICE)
def index() -> Any:
    """The meetings with what waits in each, and the returns to decide."""
    counts = queries.waiting_by_meeting(visitor().congress_id)
    asked = db.session.scalars(queries.returns_for(visitor())).all()
    held = meetings(visitor().congress_id)
    if asked_for_sheet():
        return tables(_("Hand over"), [lists.of_meetings(held, counts), lists.of_returns(asked)])
    facts = {"meetings": held, "counts": counts, "returns": asked, "acts": acts.acts(visitor(), most=ACTS_SHOWN)}
    return render_template("dispatch/index.html", **facts, sheet_url=sheet_url())


@pages.route("/meetings/<int:meeting_id>/hand-over", methods=["GET", "POST"])
@allow(*OFFICE)
def hand_over(meeting_id: int) -> Any:
    form = HandOverForm(on=clock.today())
    if form.validate_on_submit() and obeys(form, lambda: _hand_over(meeting_id, form)):
        flash(_("Handed over. Bodies and deputies are being told."), "ok")
        return once.done(url_for("dispatch.index"))
    meeting = get_meeting(meeting_id, visitor().congress_id)
    waiting = queries.recorded(meeting_id)
    named = queries.proposals(one.id for one in waiting)
    if asked_for_sheet():
        return tables(_("Hand-over list"), [lists.to_hand_over(waiting, named)])
    return render_template(
        "dispatch/hand_over.html",
        form=form,
        meeting=meeting,
        ready=[(one, named[one.id]) for one in waiting if one.id in named],
        unready=(unready := [one for one in waiting if one.id not in named]),
        advised=advice.first_advice([one.id for one in unready]),
        measured=advice.last_measure(visitor().congress_id),
        advised_at_once=ADVISED_AT_ONCE,
        sheet_url=sheet_url(),
    )


@pages.post("/meetings/<int:meeting_id>/advice")
@allow(*OFFICE)
def advise(meeting_id: int) -> Any:
    """Advice for the next of those that have no bodies yet; the night's job does the same for all."""
    meeting = get_meeting(meeting_id, visitor().congress_id)
    waiting = advice.unadvised(meeting.congress_id, limit=ADVISED_AT_ONCE, meeting_id=meeting_id)
    count = advice.keep_advice(waiting, on=clock.today())
    flash(_("Advice was found for %(count)s of %(asked)s suggestions.", count=count, asked=len(waiting)), "ok")
    return once.done(url_for("dispatch.hand_over", meeting_id=meeting_id))


def _hand_over(meeting_id: int, form: HandOverForm) -> None:
    meeting = get_meeting(meeting_id, visitor().congress_id)
    waiting = queries.recorded(meeting_id)
    named = queries.proposals(one.id for one in waiting)
    actions.hand_over(
        [one for one in waiting if one.id in named],
        congress=the_congress(visitor().congress_id),
        meeting=meeting,
        document_number=form.document_number.data or "",
        through_hubs=form.route.data == "hubs",
        by=visitor().actor(),
        on=form.on.data,
    )


@pages.route("/suggestions/<int:suggestion_id>/proposal", methods=["GET", "POST"])
@allow(*OFFICE)
def propose(suggestion_id: int) -> Any:
    """Name the bodies for one suggestion before the hand-over."""
    form = bodies_form(body_choices(visitor().congress_id))
    if form.validate_on_submit() and obeys(form, lambda: _propose(suggestion_id, form)):
        flash(_("The bodies are noted for the hand-over."), "ok")
        return once.done(_back_from(get_suggestion(suggestion_id, visitor())))
    suggestion = get_suggestion(suggestion_id, visitor())
    if not form.is_submitted():
        _fill(form, queries.proposals([suggestion_id]).get(suggestion_id, []))
        take(form)
    found = advice.advice_for(suggestion.title, suggestion.text, suggestion.congress_id, own_id=suggestion.id)
    advised = taking(form, suggestion_id, found)
    back_url = _back_from(suggestion)
    return render_template(
        "dispatch/propose.html", form=form, suggestion=suggestion, advised=advised, back_url=back_url
    )


def _back_from(suggestion: Suggestion) -> str:
    """Who came from the list of a meeting goes on with the next one there; else the suggestion's own page."""
    if request.args.get("then") == "list" and suggestion.meeting_id:
        return url_for("dispatch.hand_over", meeting_id=suggestion.meeting_id, _anchor="unready")
    return url_for("register.show", suggestion_id=suggestion.id)


def _propose(suggestion_id: int, form: BodiesForm) -> None:
    suggestion = get_suggestion(suggestion_id, visitor())
    actions.propose(suggestion, named_in(form), by=visitor().actor(), on=clock.today())


@pages.get("/dispatch")
@allow(Role.HUB)
def hub() -> Any:
    """What the hub was given and has not dispatched yet, and the returns among its bodies."""
    waiting = db.session.scalars(queries.at_the_hub(visitor())).unique().all()
    asked = db.session.scalars(queries.returns_for(visitor())).all()
    if asked_for_sheet():
        return tables(_("Dispatch to bodies"), [lists.at_the_hub(waiting), lists.of_returns(asked)])
    return render_template("dispatch/hub.html", waiting=waiting, returns=asked, sheet_url=sheet_url())


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
        _fill(form, [one for one in advised if one.body.hub_id == visitor().body_id])
    return render_template("dispatch/pass_on.html", form=form, assignment=assignment)


def _pass_on(assignment_id: int, form: BodiesForm) -> None:
    assignment = queries.get_at_the_hub(assignment_id, visitor())
    actions.pass_on(assignment, named_in(form), by=visitor().actor(), on=clock.today())


@pages.route("/returns/<int:return_id>/decision", methods=["GET", "POST"])
@allow(*OFFICE, Role.HUB)
def decide_return(return_id: int) -> Any:
    hub_id = visitor().body_id if visitor().role is Role.HUB else None
    form = ReturnDecisionForm()
    form.to_id.choices = [(0, _("choose")), *body_choices(visitor().congress_id, hub_id=hub_id)]
    if form.validate_on_submit() and obeys(form, lambda: _decide(return_id, form)):
        flash(_("Decided. The body is being told."), "ok")
        return once.done(url_for("dispatch.hub" if hub_id else "dispatch.index"))
    asked = queries.get_return(return_id, visitor())
    if not form.is_submitted():
        form.to_id.data = asked.proposed_body_id or 0
    return render_template("dispatch/decide_return.html", form=form, asked=asked)


def _decide(return_id: int, form: ReturnDecisionForm) -> None:
    asked = queries.get_return(return_id, visitor())
    to = get_body(form.to_id.data, visitor().congress_id) if form.to_id.data else None
    granted = form.decision.data == "grant"
    actions.decide_return(asked, granted, to=to, note=form.note.data or "", by=visitor().actor(), on=clock.today())


def bodies_form(choices: list[tuple[int, str]]) -> BodiesForm:
    """The question who answers and who helps, among these bodies."""
    form = BodiesForm()
    form.lead_id.choices = [(0, _("choose")), *choices]
    form.other_ids.choices = choices
    return form


def _fill(form: BodiesForm, named: Any) -> None:
    leads = [one.body_id for one in named if one.part is not Part.CO]
    form.manner.data = "separate" if len(leads) > 1 else "lead"
    form.lead_id.data = leads[0] if leads else 0
    form.other_ids.data = [one.body_id for one in named if one.body_id != form.lead_id.data]


def named_in(form: BodiesForm) -> list[tuple[Body, Part]]:
    """The bodies chosen, with their parts: lead first."""
    first, rest = (Part.SEPARATE, Part.SEPARATE) if form.manner.data == "separate" else (Part.LEAD, Part.CO)
    chosen = [(form.lead_id.data, first)] if form.lead_id.data else []
    chosen += [(one, rest) for one in form.other_ids.data or [] if one != form.lead_id.data]
    return [(get_body(body_id, visitor().congress_id), part) for body_id, part in chosen]
