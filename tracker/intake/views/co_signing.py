"""Co-signers: the office asks them and enters their papers, each confirms on his own page or by mailed link."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.errors import NotFound
from tracker.intake import actions, together
from tracker.intake.act_forms import PaperSigningForm, SigningForm
from tracker.intake.models import Answer, AnswerWay
from tracker.intake.views import pages
from tracker.intake.views.asking import asked_by_link, must_not_be_later, way_of_answer
from tracker.people.links import frame
from tracker.people.models import Purpose
from tracker.people.visitors import link_token, visitor
from tracker.roles import OFFICE, Role
from tracker.structure.models import Deputy
from tracker.structure.queries import get_deputy
from tracker.suggestion.journey import MOVES
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link


@pages.route("/suggestions/<int:suggestion_id>/co-signers", methods=["GET", "POST"])
@allow(*OFFICE)
def co_signers(suggestion_id: int) -> Any:
    """Who signs it too, who has confirmed, and a signed paper entered."""
    form = PaperSigningForm(on=clock.today())
    get_suggestion(suggestion_id, visitor())
    form.deputy_id.choices = [(one.deputy.id, one.deputy.name) for one in _open(suggestion_id)]
    if form.validate_on_submit() and obeys(form, lambda: _enter(suggestion_id, form)):
        flash(_("Entered on behalf of the deputy."), "ok")
        return once.done(url_for("intake.co_signers", suggestion_id=suggestion_id))
    suggestion = get_suggestion(suggestion_id, visitor())
    signers = together.signers_with_answers(suggestion_id)
    return render_template(
        "intake/co_signers.html",
        suggestion=suggestion,
        signers=signers,
        form=form if form.deputy_id.choices and suggestion.stage in MOVES["co_sign"].from_ else None,
        to_ask=[one for one in signers if one.asked is None] if suggestion.stage in MOVES["ask_to_sign"].from_ else [],
    )


@pages.post("/suggestions/<int:suggestion_id>/co-signers/asking")
@allow(*OFFICE)
def ask_co_signers(suggestion_id: int) -> Any:
    suggestion = get_suggestion(suggestion_id, visitor())
    asked = actions.ask_to_sign(suggestion, by=visitor().actor(), on=clock.today())
    flash(_("Asked: %(count)d. Each gets a letter with a link of his own.", count=len(asked)), "ok")
    return once.done(url_for("intake.co_signers", suggestion_id=suggestion_id))


@pages.route("/suggestions/<int:suggestion_id>/co-signing", methods=["GET", "POST"])
@pages.route("/links/<token>/co-signing", methods=["GET", "POST"])
@by_link
@allow(Role.DEPUTY)
def co_sign(suggestion_id: int | None = None, **_link: str) -> Any:
    """The suggestion, and the one question to whom is named as a co-signer."""
    asked_id = asked_by_link(Purpose.SIGN, suggestion_id)
    row = together.find_co_signing(asked_id, visitor().deputy_id)
    if row is not None and row.answer is Answer.NO and request.method == "GET":
        return render_template("intake/declined.html", row=row, **frame())
    form = SigningForm()
    if form.validate_on_submit() and obeys(form, lambda: _sign(asked_id, form)):
        flash(_("Your answer is recorded. Thank you."), "ok")
        token = link_token()
        return once.done(
            url_for("intake.co_sign", token=token) if token else url_for("intake.co_sign", suggestion_id=asked_id)
        )
    suggestion = get_suggestion(asked_id, visitor())
    if visitor().deputy_id not in [one.deputy_id for one in suggestion.signatures]:
        raise NotFound
    row = together.find_co_signing(asked_id, visitor().deputy_id)
    has_confirmed = row is not None and row.answer is Answer.YES
    may_answer = suggestion.stage in MOVES["co_sign"].from_ and not has_confirmed
    facts = {"suggestion": suggestion, "row": row, "form": form if may_answer else None}
    return render_template("intake/co_sign.html", **facts, **frame())


def _open(suggestion_id: int) -> list[together.Signer]:
    return [
        one for one in together.signers_with_answers(suggestion_id) if not one.has_confirmed and not one.has_declined
    ]


def _enter(suggestion_id: int, form: PaperSigningForm) -> None:
    must_not_be_later(form.on.data)
    suggestion = get_suggestion(suggestion_id, visitor())
    deputy = get_deputy(form.deputy_id.data, visitor().congress_id)
    by = visitor().actor().for_paper_of(deputy.name)
    facts: dict[str, Any] = {"way": AnswerWay.PAPER, "note": form.note.data or ""}
    actions.answer_signing(suggestion, deputy, Answer(form.answer.data), by=by, on=form.on.data, **facts)


def _sign(suggestion_id: int, form: SigningForm) -> None:
    suggestion = get_suggestion(suggestion_id, visitor())
    deputy = db.session.get_one(Deputy, visitor().deputy_id)
    facts: dict[str, Any] = {"way": way_of_answer(), "note": form.note.data or ""}
    actions.answer_signing(
        suggestion, deputy, Answer(form.answer.data), by=visitor().actor(), on=clock.today(), **facts
    )
