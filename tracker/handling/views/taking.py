"""Signed records of contacts and stamped letters, taken in by their number."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.errors import NotFound
from tracker.files.store import keep
from tracker.handling import actions, queries
from tracker.handling.models import Contact, Reply
from tracker.handling.paper_forms import SignedContactForm, StampedForm
from tracker.handling.views import pages
from tracker.handling.views.acting import BOTH
from tracker.paper.actions import keep_scan
from tracker.paper.forms import ScanForm
from tracker.paper.models import Paper, PaperKind
from tracker.paper.names import KINDS
from tracker.paper.queries import get_paper
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.route("/papers/<code>/contact", methods=BOTH)
@allow(*OFFICE)
def take_contact(code: str) -> Any:
    """A signed record: the contact is noted on behalf of the body, or the record joins the contact it tells of."""
    contact = _contact(get_paper(code, visitor(), PaperKind.CONTACT_RECORD))
    form = ScanForm() if contact else SignedContactForm(on=clock.today())
    if form.validate_on_submit() and obeys(form, lambda: _take_contact(code, form)):
        flash(_("The signed record is kept with the contact."), "ok")
        return once.done(url_for("handling.take_contact", code=code))
    paper = get_paper(code, visitor(), PaperKind.CONTACT_RECORD)
    contact = _contact(paper)
    own = queries.get_assignment(contact.assignment_id if contact else paper.about_id, visitor())
    if not contact and not form.is_submitted() and isinstance(form, SignedContactForm):
        form.person.data = own.suggestion.lead_deputy.name if own.suggestion.lead_deputy else ""
    facts = {"form": form, "paper": paper, "kinds": KINDS, "is_open": True, "assignment": own, "contact": contact}
    return render_template("handling/take_contact.html", **facts)


def _contact(paper: Paper) -> Contact | None:
    """The contact a record was printed from; none where it was filled in by hand."""
    return db.session.get_one(Contact, paper.about_id) if paper.about == "contact" else None


def _take_contact(code: str, form: ScanForm) -> None:
    paper, by, at = get_paper(code, visitor(), PaperKind.CONTACT_RECORD), visitor().actor(), clock.now()
    contact = _contact(paper)
    own = queries.get_assignment(contact.assignment_id if contact else paper.about_id, visitor())
    if contact is None and isinstance(form, SignedContactForm):
        facts = {"place": form.place.data or "", "note": form.note.data or ""}
        paper_of = by.for_paper_of(own.body.name)
        contact = actions.note_contact(
            own, form.manner_chosen(), form.person.data or "", by=paper_of, on=form.on.data, **facts
        )
        db.session.flush()
    if contact is None:
        raise NotFound
    for upload in form.uploads:
        keep_scan(paper, keep(upload, by=by, at=at), became="contact", became_id=contact.id, by=by, at=at)


@pages.route("/papers/<code>/letter", methods=BOTH)
@allow(*OFFICE)
def take_letter(code: str) -> Any:
    """The stamped letter: its scan joins the reply it was printed from."""
    form = StampedForm(received_on=clock.today())
    if form.validate_on_submit() and obeys(form, lambda: _take_letter(code, form)):
        flash(_("The stamped letter is kept with the reply."), "ok")
        return once.done(url_for("handling.take_letter", code=code))
    paper = get_paper(code, visitor(), PaperKind.REPLY_LETTER)
    reply = _submitted(paper)
    facts = {"form": form, "paper": paper, "kinds": KINDS, "is_open": reply is not None, "reply": reply}
    return render_template("handling/take_letter.html", **facts)


def _submitted(paper: Paper) -> Reply | None:
    """The reply, once the body has handed it in; a draft is nobody's but the body's own."""
    try:
        return queries.get_reply(paper.about_id, visitor())
    except NotFound:
        return None


def _take_letter(code: str, form: StampedForm) -> None:
    paper, by, at = get_paper(code, visitor(), PaperKind.REPLY_LETTER), visitor().actor(), clock.now()
    reply = queries.get_reply(paper.about_id, visitor())
    files = [keep(upload, by=by, at=at) for upload in form.uploads]
    facts = {"scans": files, "came_on": form.received_on.data, "is_paper": form.original.data}
    actions.record_original(reply, reply.assignment, by=by, on=clock.today(), **facts)
    for file in files:
        keep_scan(paper, file, became="reply", became_id=reply.id, by=by, at=at)
