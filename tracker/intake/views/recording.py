"""Recording: one question first, then the sheet; a secret one is only counted."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.files import store
from tracker.intake import actions, queries
from tracker.intake.forms import OffLineForm, RecordForm, SecrecyForm, meeting_choices
from tracker.intake.views import pages
from tracker.intake.views.asking import rules_now
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.structure.queries import get_meeting, meetings
from tracker.suggestion.models import Suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.route("/suggestions/new", methods=["GET", "POST"])
@allow(*OFFICE)
def record() -> Any:
    """First the one question; only when it is answered with no, or internal, the sheet."""
    secrecy = request.args.get("secrecy", "")
    if secrecy == "secret":
        return off_line()
    if secrecy not in ("no", "internal"):
        form = SecrecyForm(formdata=None)
        return render_template("intake/secrecy.html", form=form)
    form = RecordForm()
    congress_id = visitor().congress_id
    form.ask_all(congress_id, meetings(congress_id))
    made: list[Suggestion] = []
    if form.validate_on_submit() and obeys(form, lambda: made.append(_record(form, internal=secrecy == "internal"))):
        number = made[0].number
        flash(_("Recorded as %(number)s.", number=number), "ok")
        return once.done(url_for("register.show", suggestion_id=made[0].id))
    return render_template("intake/record.html", form=form, secrecy=secrecy)


def _record(form: RecordForm, *, internal: bool) -> Suggestion:
    suggestion = actions.record(
        get_meeting(form.meeting_id.data, visitor().congress_id),
        form.content(internal=internal),
        by=visitor().actor(),
        on=clock.today(),
        rules_in_force=rules_now(),
        number=form.number.data or None,
    )
    _attach(suggestion, form)
    return suggestion


def _attach(suggestion: Suggestion, form: Any) -> None:
    for upload in form.uploads:
        actions.attach(suggestion, store.keep(upload, by=visitor().actor(), at=clock.now()))


@pages.route("/suggestions/off-line", methods=["GET", "POST"])
@allow(*OFFICE)
def off_line() -> Any:
    """A secret one: that there is one, and nothing else."""
    form = OffLineForm()
    form.meeting_id.choices = meeting_choices(meetings(visitor().congress_id))
    if form.validate_on_submit() and obeys(form, lambda: _note_off_line(form)):
        flash(_("Noted that there is one. Nothing of what it says is stored here."), "ok")
        return once.done(url_for("intake.off_line"))
    counts = queries.off_line_counts(visitor().congress_id)
    return render_template("intake/off_line.html", form=form, counts=counts)


def _note_off_line(form: OffLineForm) -> None:
    meeting = get_meeting(form.meeting_id.data, visitor().congress_id)
    actions.note_off_line(meeting, by=visitor().actor(), on=clock.today())
