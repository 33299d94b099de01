"""How the suggestions of a meeting are numbered, with an example that follows what is typed."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import RuleBroken
from tracker.intake import actions
from tracker.intake.act_forms import NumberingForm
from tracker.intake.views import pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.structure.models import Meeting
from tracker.structure.queries import get_meeting, meetings
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sentences import sentence


@pages.get("/numbering")
@allow(*OFFICE, Role.ADMIN)
def numbers() -> Any:
    """Every meeting with its pattern and the number given last."""
    return render_template("intake/numbers.html", meetings=meetings(visitor().congress_id))


@pages.route("/meetings/<int:meeting_id>/numbering", methods=["GET", "POST"])
@allow(*OFFICE, Role.ADMIN)
def numbering(meeting_id: int) -> Any:
    """The pattern of one meeting; “show the example” works without JavaScript too."""
    meeting = get_meeting(meeting_id, visitor().congress_id)
    form = NumberingForm(obj=None if request.method == "POST" else _Shown(meeting.number_pattern))
    saves = request.form.get("act") != "example"
    if saves and form.validate_on_submit() and obeys(form, lambda: _set(meeting_id, form)):
        flash(_("The next number is written like this."), "ok")
        return once.done(url_for("intake.numbering", meeting_id=meeting_id))
    meeting = get_meeting(meeting_id, visitor().congress_id)
    return render_template("intake/numbering.html", form=form, meeting=meeting, **_example(meeting, form))


@pages.post("/meetings/<int:meeting_id>/numbering/example")
@allow(*OFFICE, Role.ADMIN)
def number_example(meeting_id: int) -> Any:
    """The example alone, while the pattern is typed."""
    meeting = get_meeting(meeting_id, visitor().congress_id)
    return render_template("intake/_number_example.html", **_example(meeting, NumberingForm()))


class _Shown:
    """The pattern as the form shows it first."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern


def _set(meeting_id: int, form: NumberingForm) -> None:
    meeting = get_meeting(meeting_id, visitor().congress_id)
    actions.set_pattern(meeting, form.pattern.data or "", by=visitor().actor(), at=clock.now())


def _example(meeting: Meeting, form: NumberingForm) -> dict[str, Any]:
    """The next three numbers in this pattern, or why it cannot be used."""
    try:
        return {"examples": actions.next_numbers(meeting, form.pattern.data or ""), "problem": ""}
    except RuleBroken as broken:
        return {"examples": [], "problem": sentence(broken)}
