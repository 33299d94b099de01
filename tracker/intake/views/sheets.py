"""The printed form with its number and QR code, and its signed scan taken back in."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.files import store
from tracker.intake import actions, queries
from tracker.intake.content import Details
from tracker.intake.forms import SignedForm
from tracker.intake.models import AttachmentKind
from tracker.intake.names import ORIGINS, PUBLICITIES, SURVEYS, category_name
from tracker.intake.printed_form import form_paper, printed_form
from tracker.intake.sheet_names import NATURES, UNSOLVED_FOR, WISHED_WAYS
from tracker.intake.views import pages
from tracker.paper.printing import Order, answer
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.structure.queries import the_congress
from tracker.suggestion.models import Publicity
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.codes import qr_code
from tracker.web.forms import obeys
from tracker.web.gate import allow

WORDS = {
    "origins": ORIGINS,
    "publicities": {word: name for word, name in PUBLICITIES.items() if word is not Publicity.UNKNOWN},
    "surveys": SURVEYS,
    "natures": NATURES,
    "unsolved_for": UNSOLVED_FOR,
    "wished_ways": WISHED_WAYS,
}


@pages.get("/suggestions/<int:suggestion_id>/sheet")
@allow(*OFFICE)
def sheet(suggestion_id: int) -> str:
    """On paper as the deputies know it, to be signed; its code leads to where the signed one is taken in."""
    suggestion = get_suggestion(suggestion_id, visitor())
    address = current_app.config["BASE_URL"] + url_for("intake.signed_form", suggestion_id=suggestion_id)
    return render_template(
        "intake/sheet.html",
        suggestion=suggestion,
        congress=the_congress(suggestion.congress_id),
        details=Details.of(queries.sheet_of(suggestion_id)),
        attached=[one.file.name for one in queries.attachments_of(suggestion_id) if one.kind is _HANDED_IN],
        category=category_name(suggestion.category),
        code=qr_code(address, _("Code of the page that takes in the signed form")),
        words=WORDS,
    )


@pages.route("/suggestions/<int:suggestion_id>/sheet/file", methods=["GET", "POST"])
@allow(*OFFICE)
def sheet_file(suggestion_id: int) -> Any:
    """The same form as PDF or Word file, with a number of its own."""
    suggestion = get_suggestion(suggestion_id, visitor())
    attached = [one.file.name for one in queries.attachments_of(suggestion_id) if one.kind is _HANDED_IN]
    details, congress = Details.of(queries.sheet_of(suggestion_id)), the_congress(suggestion.congress_id)
    order = Order(
        [form_paper(suggestion)],
        lambda: [printed_form(suggestion, details, congress, attached=attached)],
        f"代表建议 {suggestion.number or suggestion.id}",
    )
    return answer(order, where=url_for("intake.sheet_file", suggestion_id=suggestion_id))


_HANDED_IN = AttachmentKind.HANDED_IN


@pages.route("/suggestions/<int:suggestion_id>/signed-form", methods=["GET", "POST"])
@allow(*OFFICE)
def signed_form(suggestion_id: int) -> Any:
    """The signed form has come back: its scan or photograph."""
    form = SignedForm()
    if form.validate_on_submit() and obeys(form, lambda: _take(suggestion_id, form)):
        flash(_("The signed form is kept with the suggestion."), "ok")
        return once.done(url_for("register.show", suggestion_id=suggestion_id))
    suggestion = get_suggestion(suggestion_id, visitor())
    kept = [one.file for one in queries.attachments_of(suggestion_id) if one.kind is AttachmentKind.SIGNED_FORM]
    return render_template("intake/signed_form.html", form=form, suggestion=suggestion, kept=kept)


def _take(suggestion_id: int, form: SignedForm) -> None:
    suggestion, at = get_suggestion(suggestion_id, visitor()), clock.now()
    for upload in form.uploads:
        file = store.keep(upload, by=visitor().actor(), at=at)
        actions.take_signed_form(suggestion, file, by=visitor().actor(), on=clock.today(), at=at)
