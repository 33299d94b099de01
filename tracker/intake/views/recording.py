"""Recording: one question first, then the form; a secret one is only counted."""

from __future__ import annotations

import secrets
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.files import store
from tracker.intake import actions, drafts, queries
from tracker.intake.forms import OffLineForm, RecordForm, SecrecyForm, meeting_choices
from tracker.intake.hints import Hint, hints
from tracker.intake.models import Draft
from tracker.intake.sheet_names import hint_sentence
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
    """First the one question; only when it is answered with no, or internal, the form."""
    secrecy = request.args.get("secrecy", "")
    if secrecy == "secret":
        return off_line()
    if secrecy not in ("no", "internal"):
        form = SecrecyForm(formdata=None)
        return render_template("intake/secrecy.html", form=form)
    form = RecordForm()
    form.draft_key.data = form.draft_key.data or secrets.token_urlsafe(24)
    return taken(form, internal=secrecy == "internal", address=url_for("intake.record", secrecy=secrecy))


def taken(form: RecordForm, *, internal: bool, address: str, draft_id: int | None = None) -> Any:
    """The form, new or a draft's: saved as a draft, recorded, returned or treated as a letter; else shown again."""
    congress_id = visitor().congress_id
    form.ask_all(congress_id, meetings(congress_id))
    found, to_save = hints(form.title.data or "", form.text.data or ""), request.form.get("act") == "draft"
    made: list[Any] = []
    if request.method == "POST" and to_save and obeys(form, lambda: made.append(_save(form, internal=internal))):
        flash(_("The draft is saved."), "ok")
        return once.done(url_for("intake.draft", draft_id=made[0].id))
    is_whole = not to_save and form.validate_on_submit() and form.is_decided(found)
    if is_whole and obeys(form, lambda: made.append(_settle(form, found, internal=internal))):
        flash(_outcome(made[0]), "ok")
        return once.done(url_for("register.show", suggestion_id=made[0].id))
    return render_template(
        "intake/record.html",
        form=form,
        internal=internal,
        address=address,
        draft=drafts.get_draft(draft_id, visitor()) if draft_id else None,
        files=drafts.files_of(draft_id) if draft_id else [],
        hints=[(one, hint_sentence(one)) for one in found],
        must_decide=form.is_submitted() and not to_save and any(one.asks_for_a_decision for one in found),
    )


def _save(form: RecordForm, *, internal: bool) -> Draft:
    draft = save_what_is_sent(form, internal=internal)
    actions.put_files(draft, _kept(form))
    return draft


def save_what_is_sent(form: RecordForm, *, internal: bool) -> Draft:
    """Keep the form as it was sent, whole or not."""
    return actions.save_draft(
        form.draft_key.data or "",
        form.typed(request.form),
        congress_id=visitor().congress_id,
        internal=internal,
        page=once.given_token(),
        version=form.seen_version,
        by=visitor().actor(),
        on=clock.today(),
        at=clock.now(),
    )


def _settle(form: RecordForm, found: list[Hint], *, internal: bool) -> Suggestion:
    """Recorded, or what was decided in the face of the hints."""
    meeting = get_meeting(form.meeting_id.data, visitor().congress_id)
    content, judgement = form.content(internal=internal), form.judged(found)
    draft = drafts.find_draft(form.draft_key.data or "", visitor())
    if draft is not None:
        actions.must_be_as_seen(draft, page=once.given_token(), version=form.seen_version)
    who: dict[str, Any] = {"by": visitor().actor(), "on": clock.today(), "draft": draft}
    if judgement.decision in ("return_to_deputy", "treat_as_letter"):
        suggestion = actions.turn_away(meeting, content, judgement, **who)
    else:
        number = form.number.data or None
        suggestion = actions.record(
            meeting, content, **who, rules_in_force=rules_now(), number=number, judgement=judgement
        )
    for file in _kept(form):
        actions.attach(suggestion, file)
    return suggestion


def _outcome(suggestion: Suggestion) -> str:
    if suggestion.number:
        return _("Recorded as %(number)s.", number=suggestion.number)
    return _("Done, and noted in the history with its reason. No number was given.")


def _kept(form: RecordForm) -> list[Any]:
    return [store.keep(upload, by=visitor().actor(), at=clock.now()) for upload in form.uploads]


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
