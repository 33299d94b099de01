"""Drafts: the list, a draft gone on with, saved as it is typed, its files, and its end."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.files import store
from tracker.intake import actions, drafts
from tracker.intake.forms import RecordForm
from tracker.intake.hints import hints
from tracker.intake.sheet_names import hint_sentence
from tracker.intake.views import pages
from tracker.intake.views.recording import save_what_is_sent, taken
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.web import once
from tracker.web.filters import day_and_time
from tracker.web.gate import allow
from tracker.web.sentences import sentence
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook


@pages.get("/suggestions/drafts")
@allow(*OFFICE)
def drafts_index() -> Any:
    """All drafts of the office; one's own are marked."""
    found = drafts.drafts(visitor())
    if asked_for_sheet():
        headers = [_("Title"), _("Begun by"), _("Begun on"), _("Saved last"), _("By")]
        cells = ([one.title, one.begun_by, one.begun_on, one.saved_at, one.saved_by] for one in found)
        return workbook(_("Drafts"), headers, cells)
    return render_template("intake/drafts_index.html", drafts=found, mine=visitor().actor().id, sheet_url=sheet_url())


@pages.route("/suggestions/drafts/<int:draft_id>", methods=["GET", "POST"])
@allow(*OFFICE)
def draft(draft_id: int) -> Any:
    """The form as it was left."""
    found = drafts.get_draft(draft_id, visitor())
    form = RecordForm() if request.method == "POST" else RecordForm(formdata=MultiDict(found.said))
    form.draft_key.data = found.key
    if request.method == "GET":
        form.draft_version.data = str(found.version)
    address = url_for("intake.draft", draft_id=draft_id)
    return taken(form, internal=found.internal, address=address, draft_id=draft_id)


@pages.post("/suggestions/drafts")
@allow(*OFFICE)
def save_draft() -> Any:
    """What is being typed, sent by the page itself; answered for the page: when it was saved, and the hints."""
    form = RecordForm()
    try:
        saved = save_what_is_sent(form, internal=request.form.get("secrecy") == "internal")
    except RuleBroken as broken:
        db.session.rollback()
        return jsonify(refused=sentence(broken)), 409
    version, draft_id, at = saved.version, saved.id, saved.saved_at
    db.session.commit()
    found = hints((form.title.data or ""), (form.text.data or ""))
    return jsonify(
        version=version,
        address=url_for("intake.draft", draft_id=draft_id),
        saved=_("Saved as a draft at %(time)s.", time=day_and_time(at)),
        hints=render_template("intake/_hints.html", hints=[(one, hint_sentence(one)) for one in found]),
    )


@pages.post("/suggestions/drafts/<int:draft_id>/deletion")
@allow(*OFFICE)
def end_draft(draft_id: int) -> Any:
    """A draft nobody needs is deleted with its files."""
    actions.delete_draft(drafts.get_draft(draft_id, visitor()), by=visitor().actor(), at=clock.now())
    flash(_("The draft is deleted."), "ok")
    return once.done(url_for("intake.drafts_index"))


@pages.get("/suggestions/drafts/<int:draft_id>/files/<int:file_id>")
@allow(*OFFICE)
def draft_file(draft_id: int, file_id: int) -> Any:
    return store.serve(drafts.get_draft_file(draft_id, file_id, visitor()).file)


@pages.post("/suggestions/drafts/<int:draft_id>/files/<int:file_id>/deletion")
@allow(*OFFICE)
def end_draft_file(draft_id: int, file_id: int) -> Any:
    actions.take_file_off(drafts.get_draft_file(draft_id, file_id, visitor()))
    flash(_("The file is taken off the draft."), "ok")
    return once.done(url_for("intake.draft", draft_id=draft_id))
