"""Sending Word files, and going through them one after the other: beside each the form it has filled in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.deadlines.queries import rule_set_in_force
from tracker.documents import actions, names, queries
from tracker.documents.actions import Looked
from tracker.documents.forms import DocumentForm, SendForm, document_form
from tracker.documents.found import Found
from tracker.documents.models import OPEN, Document, Sending, State
from tracker.documents.parcels import Piece, taken_apart
from tracker.documents.people import meant
from tracker.errors import RuleBroken
from tracker.files import antivirus, store
from tracker.files.rules import tidy_name
from tracker.intake.actions import attach
from tracker.intake.hints import Hint, hints
from tracker.intake.sheet_names import hint_sentence
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.structure.queries import delegations, get_meeting, meetings, the_congress
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sentences import sentence
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

pages = Blueprint("documents", __name__)


@pages.route("/documents", methods=["GET", "POST"])
@allow(*OFFICE)
def index() -> Any:
    form = SendForm()
    form.ask(meetings(visitor().congress_id))
    looked: list[Looked] = []
    taken: list[Sending] = []
    if form.validate_on_submit() and obeys(form, lambda: looked.append(_look_at(form))):
        form.form_errors += [] if looked[0].read else _told(looked[0].left_out)
        if looked[0].read and obeys(form, lambda: taken.append(_take_in(form, looked[0]))):
            return once.done(url_for("documents.sending", sending_id=taken[0].id))
    if asked_for_sheet():
        return _as_sheet(queries.sendings(visitor().congress_id, limit=None))
    found = queries.sendings(visitor().congress_id)
    return render_template("documents/index.html", form=form, sendings=found, sheet_url=sheet_url())


def _as_sheet(found: list[queries.Overview]) -> Any:
    headers = [
        _("Sending"),
        _("Sent at"),
        _("By"),
        _("Still to be gone through"),
        _("Became a suggestion"),
        _("In all"),
    ]
    return workbook(
        _("Word files"),
        headers,
        ([one.name, one.sent_at, one.sent_by, one.open, one.saved, one.total] for one in found),
    )


def _look_at(form: SendForm) -> Looked:
    """Reading takes seconds: meanwhile the database is left to the others."""
    known = {name for _id, name, _delegation, _card in queries.deputies_named(visitor().congress_id)}
    db.session.commit()
    pieces: list[Piece] = []
    for upload in form.uploads:
        antivirus.must_be_clean(upload, tidy_name(upload.filename))
        pieces += taken_apart(upload.filename, upload.stream.read())
    return actions.look_at(pieces, form.name, known)


def _take_in(form: SendForm, looked: Looked) -> Sending:
    meeting = get_meeting(form.meeting_id.data, visitor().congress_id)
    return actions.take_in(looked, meeting, name=form.name, by=visitor().actor(), at=clock.now())


def _told(left_out: list[dict[str, Any]]) -> list[str]:
    """What was left out, each with its sentence; the name first where the sentence does not say it."""
    told = []
    for one in left_out:
        said = sentence(RuleBroken(one["why"], **one["values"]))
        told.append(said if not one["name"] or one["name"] in said else f"{one['name']}: {said}")
    return told


@pages.get("/documents/sendings/<int:sending_id>")
@allow(*OFFICE)
def sending(sending_id: int) -> Any:
    """The progress list of what was sent together."""
    found = queries.get_sending(sending_id, visitor().congress_id)
    listed = queries.steps(sending_id)
    return render_template(
        "documents/sending.html",
        sending=found,
        steps=listed,
        following=queries.next_open(listed),
        left_out=_told(found.left_out),
        states=names.STATES,
        state_kinds=names.STATE_KINDS,
    )


@pages.route("/documents/<int:document_id>", methods=["GET", "POST"])
@allow(*OFFICE)
def document(document_id: int) -> Any:
    """The document and beside it the form; recorded, or put off with what was typed."""
    shown = queries.get_document(document_id, visitor().congress_id)
    if shown.state not in OPEN:
        if request.method == "POST":
            flash(_(actions.SETTLED), "bad")
        return redirect(_where(shown))
    form = _form(shown)
    found = hints(form.title.data or "", form.text.data or "")
    if request.method == "POST" and request.form.get("act") == "later":
        if obeys(form, lambda: actions.put_off(_locked(document_id), form.kept(), version=form.seen_version)):
            return _go_on(document_id)
    elif (
        form.validate_on_submit() and form.is_decided(found) and obeys(form, lambda: _record(document_id, form, found))
    ):
        return _go_on(document_id)
    return _page(document_id, form, found)


def _form(shown: Document) -> DocumentForm:
    congress_id = visitor().congress_id
    found = Found.of(shown.found or {})
    people = queries.deputies_named(congress_id)
    groups = [(one.id, one.name) for one in delegations(congress_id)]
    return document_form(shown, found, meant(found, people, groups), congress_id, meetings(congress_id))


def _record(document_id: int, form: DocumentForm, found: list[Hint]) -> None:
    congress_id = visitor().congress_id
    by, today = visitor().actor(), clock.today()
    suggestion = actions.record_from(
        _locked(document_id),
        form.said(),
        get_meeting(form.meeting_id.data, congress_id),
        version=form.seen_version,
        number=form.number.data,
        judgement=form.judged(found),
        by=by,
        on=today,
        at=clock.now(),
        rules_in_force=rule_set_in_force(the_congress(congress_id).rules_name, today),
    )
    for upload in form.uploads:
        attach(suggestion, store.keep(upload, by=by, at=clock.now()))
    if suggestion.number:
        flash(_("Recorded as %(number)s.", number=suggestion.number), "ok")
    else:
        flash(_("Done, and noted in the history with its reason. No number was given."), "ok")


def _locked(document_id: int) -> Document:
    return queries.get_document(document_id, visitor().congress_id, for_update=True)


def _go_on(document_id: int) -> Any:
    """To the next document that waits, else to the progress list."""
    db.session.flush()
    settled = queries.get_document(document_id, visitor().congress_id)
    following = queries.next_open(queries.steps(settled.sending_id), settled.place)
    if following is None:
        flash(_("All documents of this sending are done."), "ok")
        return once.done(url_for("documents.sending", sending_id=settled.sending_id))
    return once.done(url_for("documents.document", document_id=following.id))


def _where(settled: Document) -> str:
    if settled.state is State.SAVED:
        return url_for("register.show", suggestion_id=settled.suggestion_id)
    return url_for("documents.sending", sending_id=settled.sending_id)


def _page(document_id: int, form: DocumentForm, told: list[Hint]) -> Any:
    shown = queries.get_document(document_id, visitor().congress_id)
    found = Found.of(shown.found or {})
    contact = [(names.FIELDS[name], getattr(found, name)) for name in names.CONTACT if getattr(found, name)]
    must_decide = request.method == "POST" and any(one.asks_for_a_decision for one in told)
    return render_template(
        "documents/document.html",
        form=form,
        document=shown,
        found=found,
        contact=contact,
        steps=queries.steps(shown.sending_id),
        fields=names.FIELDS,
        kinds=names.ENCLOSED,
        states=names.STATES,
        hints=[(one, hint_sentence(one)) for one in told],
        must_decide=must_decide,
    )


@pages.post("/documents/<int:document_id>/removal")
@allow(*OFFICE)
def throw_away(document_id: int) -> Any:
    actions.throw_away(_locked(document_id), by=visitor().actor(), at=clock.now())
    flash(_("Thrown away: the file and what was read in it are gone."), "ok")
    return _go_on(document_id)


@pages.get("/documents/<int:document_id>/files/<int:file_id>")
@allow(*OFFICE)
def file(document_id: int, file_id: int) -> Any:
    """The original, or a file that came with it; always a download."""
    return store.serve(queries.get_file(document_id, file_id, visitor().congress_id))
