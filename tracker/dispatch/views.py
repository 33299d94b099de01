"""The dispatch desk: propose bodies, hand over a meeting, dispatch onward, decide returns."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.dispatch import actions, acts, advice, drafted, going_round, lists, queries
from tracker.dispatch.forms import BodiesForm, HandOverForm, ReturnDecisionForm
from tracker.dispatch.models import Part, Proposal
from tracker.dispatch.taking import take, taking
from tracker.errors import N_, RuleBroken, Stale
from tracker.people.links import tell_if_ended
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.signing import acting
from tracker.signing.queries import needs_signature
from tracker.structure.models import Body
from tracker.structure.queries import body_choices, get_body, get_meeting, meetings
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sheets import asked_for_sheet, sheet_url, tables

pages = Blueprint("dispatch", __name__)
pages.after_request(tell_if_ended)
ADVISED_AT_ONCE = 25
ACTS_SHOWN = 12
TWO = 2
PARTS_OF = {
    "lead": (Part.LEAD, Part.CO),
    "joint": (Part.JOINT, Part.CO),
    "separate": (Part.SEPARATE, Part.SEPARATE),
}


@pages.get("/hand-overs")
@allow(*OFFICE)
def index() -> Any:
    """The meetings with what waits in each, and the returns to decide."""
    counts = queries.waiting_by_meeting(visitor().congress_id)
    asked = db.session.scalars(queries.returns_for(visitor())).all()
    held = meetings(visitor().congress_id)
    if asked_for_sheet():
        return tables(_("Hand over"), [lists.of_meetings(held, counts), lists.of_returns(asked)])
    return render_template(
        "dispatch/index.html",
        meetings=held,
        counts=counts,
        returns=asked,
        objections=going_round.objections(visitor()),
        acts=acts.acts(visitor(), most=ACTS_SHOWN),
        sheet_url=sheet_url(),
    )


@pages.route("/meetings/<int:meeting_id>/hand-over", methods=["GET", "POST"])
@allow(*OFFICE)
def hand_over(meeting_id: int) -> Any:
    form = HandOverForm(on=clock.today())
    done = _("Handed over. Bodies and deputies are being told.")
    if form.validate_on_submit() and obeys(form, lambda: acting.say(_hand_over(meeting_id, form), done)):
        return once.done(url_for("dispatch.index"))
    meeting = get_meeting(meeting_id, visitor().congress_id)
    waiting = queries.recorded(meeting_id)
    named = queries.proposals(one.id for one in waiting)
    held = going_round.held_back(going_round.rounds_of(meeting_id), clock.today())
    if asked_for_sheet():
        return tables(_("Hand-over list"), [lists.to_hand_over(waiting, named)])
    return render_template(
        "dispatch/hand_over.html",
        form=form,
        meeting=meeting,
        ready=[(one, named[one.id]) for one in waiting if one.id in named and one.id not in held],
        held=[(one, held[one.id]) for one in waiting if one.id in held],
        drafted=acting.drafted(drafted.HAND_OVER, meeting_id),
        today=clock.today(),
        signs=not needs_signature(visitor()),
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


def _hand_over(meeting_id: int, form: HandOverForm) -> bool:
    """What is agreed of the list; what is still on its round stays behind."""
    waiting = queries.recorded(meeting_id)
    named = queries.proposals(one.id for one in waiting)
    held = going_round.held_back(going_round.rounds_of(meeting_id), clock.today())
    agreed = [one.id for one in waiting if one.id in named and one.id not in held]
    facts = {
        "bodies": drafted.bodies_as_drawn_up(named, agreed),
        "document_number": form.document_number.data or "",
        "through_hubs": form.route.data == "hubs",
    }
    if not needs_signature(visitor()):
        facts["on"] = form.on.data.isoformat()
    return acting.decide(drafted.HAND_OVER, meeting_id, facts)


@pages.route("/suggestions/<int:suggestion_id>/proposal", methods=["GET", "POST"])
@allow(*OFFICE)
def propose(suggestion_id: int) -> Any:
    """Name the bodies for one suggestion before the hand-over."""
    form = bodies_form(body_choices(visitor().congress_id))
    if form.validate_on_submit() and obeys(form, lambda: _propose(suggestion_id, form)):
        flash(_("The bodies are noted for the hand-over."), "ok")
        return once.done(_back_from(get_suggestion(suggestion_id, visitor())))
    suggestion, noted = get_suggestion(suggestion_id, visitor()), queries.proposals([suggestion_id])
    form.seen.data = _mark_of(noted.get(suggestion_id, []))  # who reads on saves over what he has now seen
    if not form.is_submitted():
        fill(form, noted.get(suggestion_id, []))
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


def _mark_of(noted: list[Proposal]) -> str:
    """Which bodies are noted, for the form that would note others."""
    return " ".join(f"{one.part}:{one.body_id}" for one in noted) or "-"


def _propose(suggestion_id: int, form: BodiesForm) -> None:
    suggestion, noted = get_suggestion(suggestion_id, visitor()), queries.proposals([suggestion_id])
    stands = noted.get(suggestion_id, [])
    if form.seen.data and form.seen.data != _mark_of(stands):
        bodies = ", ".join(one.body.name for one in stands) or "–"
        raise Stale(
            N_("Somebody else changed the bodies while you were choosing: %(bodies)s. Your choice is kept below."),
            bodies=bodies,
        )
    actions.propose(suggestion, named_in(form), by=visitor().actor(), on=clock.today())


@pages.route("/returns/<int:return_id>/decision", methods=["GET", "POST"])
@allow(*OFFICE, Role.HUB)
def decide_return(return_id: int) -> Any:
    hub_id = visitor().body_id if visitor().role is Role.HUB else None
    form = ReturnDecisionForm()
    form.to_id.choices = [(0, _("choose")), *body_choices(visitor().congress_id, hub_id=hub_id)]
    done = _("Decided. The body is being told.")
    if form.validate_on_submit() and obeys(form, lambda: acting.say(_decide(return_id, form), done)):
        return once.done(url_for("dispatch.hub" if hub_id else "dispatch.index"))
    asked = queries.get_return(return_id, visitor())
    if not form.is_submitted():
        form.to_id.data = asked.proposed_body_id or 0
    before = acting.drafted(drafted.RETURN, return_id)
    if before is not None and not form.is_submitted():
        form.decision.data = "grant" if before.facts["granted"] else "refuse"
        form.to_id.data, form.note.data = before.facts["to_id"], before.facts["note"]
    return render_template("dispatch/decide_return.html", form=form, asked=asked, drafted=before)


def _decide(return_id: int, form: ReturnDecisionForm) -> bool:
    asked = queries.get_return(return_id, visitor())
    granted = form.decision.data == "grant"
    facts = {"granted": granted, "to_id": form.to_id.data if granted else 0, "note": form.note.data or ""}
    return acting.decide(drafted.RETURN, return_id, facts, asked.assignment.suggestion_id)


def bodies_form(choices: list[tuple[int, str]]) -> BodiesForm:
    """The question who answers and who helps, among these bodies."""
    form = BodiesForm()
    form.lead_id.choices = [(0, _("choose")), *choices]
    form.second_id.choices = [(0, _("choose")), *choices]
    form.other_ids.choices = choices
    return form


def fill(form: BodiesForm, named: Any) -> None:
    """The bodies noted before stand in the form."""
    leads = [one for one in named if one.part is not Part.CO]
    joint = [one.body_id for one in leads if one.part is Part.JOINT]
    form.manner.data = "joint" if joint else "separate" if len(leads) > 1 else "lead"
    form.lead_id.data = leads[0].body_id if leads else 0
    form.second_id.data = joint[1] if len(joint) > 1 else None
    taken = {form.lead_id.data, form.second_id.data}
    form.other_ids.data = [one.body_id for one in named if one.body_id not in taken]


def named_in(form: BodiesForm) -> list[tuple[Body, Part]]:
    """The bodies chosen, with their parts: lead first, or both leads.

    :raises RuleBroken: two leads are to answer together, and only one is named.
    """
    first, rest = PARTS_OF[form.manner.data or "lead"]
    leads = [form.lead_id.data] if form.lead_id.data else []
    if first is Part.JOINT:
        leads += [form.second_id.data] if form.second_id.data else []
        if len(set(leads)) < TWO:
            raise RuleBroken(N_("Name both leads, one as lead and one as second lead."))
    chosen = [(one, first) for one in leads] + [(one, rest) for one in form.other_ids.data or [] if one not in leads]
    return [(get_body(body_id, visitor().congress_id), part) for body_id, part in chosen]
