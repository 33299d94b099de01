"""Before the hand-over meeting: the office circulates the proposals, and objections are settled."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.dispatch import actions, drafted, going_round, queries
from tracker.dispatch.desk import PART_NAMES
from tracker.dispatch.meeting_forms import CirculationForm, SettlingForm
from tracker.dispatch.views import pages
from tracker.errors import N_, RuleBroken
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.signing import acting
from tracker.structure.models import Meeting
from tracker.structure.queries import body_choices, get_meeting
from tracker.suggestion.models import Suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow

__all__ = ["pages"]


@pages.route("/meetings/<int:meeting_id>/circulation", methods=["GET", "POST"])
@allow(*OFFICE)
def circulate(meeting_id: int) -> Any:
    """What can go round, what is on its round, and what the bodies said."""
    form = CirculationForm()
    meeting, fresh = _fresh(meeting_id)
    form.chosen.choices = [(one.id, one.title) for one in fresh]
    if form.validate_on_submit() and obeys(form, lambda: _circulate(meeting_id, form)):
        flash(_("On their round. Each body is told in one letter."), "ok")
        return once.done(url_for("dispatch.circulate", meeting_id=meeting_id))
    meeting, fresh = _fresh(meeting_id)
    if not form.is_submitted():
        form.chosen.data = [one.id for one in fresh]
    rounds = going_round.rounds_of(meeting_id)
    return render_template(
        "dispatch/circulation.html",
        form=form,
        meeting=meeting,
        fresh=fresh,
        named=queries.proposals(one.id for one in fresh),
        rounds=[(one, rounds[one.id]) for one in queries.recorded(meeting_id) if one.id in rounds],
        today=clock.today(),
        part_names=PART_NAMES,
    )


def _fresh(meeting_id: int) -> tuple[Meeting, list[Suggestion]]:
    meeting = get_meeting(meeting_id, visitor().congress_id)
    waiting = queries.recorded(meeting_id)
    named = queries.proposals(one.id for one in waiting)
    return meeting, going_round.not_on_their_round(waiting, named, meeting_id)


def _circulate(meeting_id: int, form: CirculationForm) -> None:
    meeting, fresh = _fresh(meeting_id)
    chosen = [one for one in fresh if one.id in (form.chosen.data or [])]
    actions.circulate(chosen, meeting, form.days.data or 0, by=visitor().actor(), on=clock.today())


@pages.route("/objections/<int:circulated_id>/decision", methods=["GET", "POST"])
@allow(*OFFICE, Role.HUB)
def settle_objection(circulated_id: int) -> Any:
    hub_id = visitor().body_id if visitor().role is Role.HUB else None
    form = SettlingForm()
    form.to_id.choices = [(0, _("choose")), *body_choices(visitor().congress_id, hub_id=hub_id)]
    done = _("Settled. The body is being told.")
    if form.validate_on_submit() and obeys(form, lambda: acting.say(_settle(circulated_id, form), done)):
        return once.done(url_for("dispatch.hub" if hub_id else "dispatch.index"))
    row = going_round.get_objection(circulated_id, visitor())
    before = acting.drafted(drafted.OBJECTION, circulated_id) if hub_id is None else None
    if not form.is_submitted():
        _fill(form, row.wished_body_id, before.facts if before else None)
    return render_template("dispatch/settle_objection.html", form=form, row=row, drafted=before, part_names=PART_NAMES)


def _fill(form: SettlingForm, wished_id: int | None, facts: dict[str, Any] | None) -> None:
    """The body that was wished for, or what the clerk typed before it came back."""
    known = {choice[0] for choice in form.to_id.choices or []}
    form.to_id.data = wished_id if wished_id in known else 0
    if facts is not None:
        form.decision.data = "other" if facts["to_id"] else "keep"
        form.to_id.data, form.note.data = facts["to_id"] or form.to_id.data, facts["note"]


def _settle(circulated_id: int, form: SettlingForm) -> bool:
    row = going_round.get_objection(circulated_id, visitor())
    to_id = form.to_id.data if form.decision.data == "other" else 0
    if form.decision.data == "other" and not to_id:
        raise RuleBroken(N_("Name the body it goes to."))
    facts = {"to_id": to_id, "note": form.note.data or ""}
    return acting.decide(drafted.OBJECTION, circulated_id, facts, row.suggestion_id)
