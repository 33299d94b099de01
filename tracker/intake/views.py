"""Recording a suggestion, amending it, checking it, and the files handed in with it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.models import RuleSet
from tracker.deadlines.queries import rule_set_in_force
from tracker.errors import RuleBroken
from tracker.files import store
from tracker.intake import actions, queries
from tracker.intake.forms import AmendForm, CheckForm, OffLineForm, RecordForm, SecrecyForm, meeting_choices
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, SEES_CONTENT
from tracker.structure.queries import get_meeting, meetings, the_congress
from tracker.suggestion.models import Suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link

pages = Blueprint("intake", __name__)


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
        rules_in_force=_rules(),
        number=form.number.data or None,
    )
    _attach(suggestion, form)
    return suggestion


def _rules() -> RuleSet:
    return rule_set_in_force(the_congress(visitor().congress_id).rules_name, clock.today())


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


@pages.route("/suggestions/<int:suggestion_id>/amend", methods=["GET", "POST"])
@allow(*OFFICE)
def amend(suggestion_id: int) -> Any:
    form = AmendForm.about(queries.get_to_amend(suggestion_id, visitor()))
    if form.validate_on_submit() and obeys(form, lambda: _amend(suggestion_id, form)):
        flash(_("Amended."), "ok")
        return once.done(url_for("register.show", suggestion_id=suggestion_id))
    suggestion = queries.get_to_amend(suggestion_id, visitor())
    return render_template("intake/amend.html", form=form, suggestion=suggestion)


def _amend(suggestion_id: int, form: AmendForm) -> None:
    suggestion = queries.get_to_amend(suggestion_id, visitor())
    version = int(said) if (said := form.version.data or "").isdecimal() else 0
    files = [store.keep(upload, by=visitor().actor(), at=clock.now()) for upload in form.uploads]
    content = form.content(internal=form.internal.data)
    actions.amend(suggestion, content, version=version, by=visitor().actor(), on=clock.today(), files=files)


@pages.post("/suggestions/<int:suggestion_id>/check")
@allow(*OFFICE)
def checked(suggestion_id: int) -> Any:
    """Back to the deputy, treated as a letter, or withdrawn; always with the reason."""
    suggestion = queries.get_to_amend(suggestion_id, visitor())
    form = CheckForm()
    if not form.validate():
        raise RuleBroken(actions.GIVE_REASON)
    act = {
        "return_to_deputy": actions.return_to_deputy,
        "treat_as_letter": actions.treat_as_letter,
        "withdraw": actions.withdraw,
    }[form.decision.data]
    act(suggestion, form.reason.data or "", by=visitor().actor(), on=clock.today())
    flash(_("Done, and noted in the history with its reason."), "ok")
    return once.done(url_for("register.show", suggestion_id=suggestion_id))


@pages.post("/suggestions/<int:suggestion_id>/record")
@allow(*OFFICE)
def record_again(suggestion_id: int) -> Any:
    """The deputy has corrected it."""
    suggestion = queries.get_to_amend(suggestion_id, visitor())
    actions.record_again(suggestion, by=visitor().actor(), on=clock.today(), rules_in_force=_rules())
    flash(_("Recorded again. Amend it as the deputy corrected it."), "ok")
    return once.done(url_for("intake.amend", suggestion_id=suggestion_id))


@pages.get("/attachments/<int:attachment_id>")
@pages.get("/links/<token>/attachments/<int:attachment_id>")
@by_link
@allow(*SEES_CONTENT)
def attachment(attachment_id: int, token: str | None = None) -> Any:
    """A file handed in, for those who may see its suggestion; always a download."""
    del token  # a link has said who asks before the page is reached
    return store.serve(queries.get_attached_file(attachment_id, visitor()))
