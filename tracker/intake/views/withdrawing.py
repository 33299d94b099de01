"""Withdrawing: the office enters what the lead deputy wants, and all whose suggestion it is agree, or do not."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.errors import NotFound
from tracker.intake import actions, together
from tracker.intake.act_forms import AgreementForm, PaperAgreementForm, ReasonForm
from tracker.intake.actions.withdrawing import must_agree
from tracker.intake.models import Answer, AnswerWay, Withdrawal
from tracker.intake.queries import deputy_names
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


@pages.route("/suggestions/<int:suggestion_id>/withdrawal", methods=["GET", "POST"])
@allow(*OFFICE)
def withdraw(suggestion_id: int) -> Any:
    """Enter that the lead deputy wants it back; what will happen is told before."""
    form = ReasonForm()
    done: list[Withdrawal] = []
    if form.validate_on_submit() and obeys(form, lambda: done.append(_withdraw(suggestion_id, form))):
        said = _("Withdrawn, and everybody told.") if done[0].done else _("All whose suggestion it is have been asked.")
        flash(said, "ok")
        return once.done(url_for("register.show" if done[0].done else "intake.agreements", suggestion_id=suggestion_id))
    suggestion = get_suggestion(suggestion_id, visitor())
    others = [name for _id, name in deputy_names(must_agree(suggestion))]
    may = suggestion.stage in MOVES["withdraw"].from_
    return render_template("intake/withdraw.html", form=form, suggestion=suggestion, others=others, may_withdraw=may)


@pages.route("/suggestions/<int:suggestion_id>/agreements", methods=["GET", "POST"])
@allow(*OFFICE)
def agreements(suggestion_id: int) -> Any:
    """Who has agreed to the withdrawal under way, and a signed paper entered."""
    get_suggestion(suggestion_id, visitor())
    form = PaperAgreementForm(on=clock.today())
    under_way = together.find_withdrawal(suggestion_id)
    silent = [one for one in under_way.agreements if one.answer is None] if under_way else []
    form.deputy_id.choices = [(one.deputy_id, one.deputy.name) for one in silent]
    if form.validate_on_submit() and obeys(form, lambda: _enter(suggestion_id, form)):
        flash(_("Entered on behalf of the deputy."), "ok")
        return once.done(url_for("intake.agreements", suggestion_id=suggestion_id))
    under_way = together.find_withdrawal(suggestion_id)
    suggestion = get_suggestion(suggestion_id, visitor())
    return render_template("intake/agreements.html", suggestion=suggestion, withdrawal=under_way, form=form)


@pages.post("/suggestions/<int:suggestion_id>/agreements/end")
@allow(*OFFICE)
def drop_withdrawal(suggestion_id: int) -> Any:
    """The lead deputy no longer wants it back."""
    suggestion = get_suggestion(suggestion_id, visitor())
    actions.drop_withdrawal(suggestion, by=visitor().actor(), on=clock.today())
    flash(_("The withdrawal is dropped; it is handled on."), "ok")
    return once.done(url_for("register.show", suggestion_id=suggestion_id))


@pages.route("/suggestions/<int:suggestion_id>/agreement", methods=["GET", "POST"])
@pages.route("/links/<token>/agreement", methods=["GET", "POST"])
@by_link
@allow(Role.DEPUTY)
def agree(suggestion_id: int | None = None, **_link: str) -> Any:
    """The suggestion, why it is to be withdrawn, and the one question to whose it is too."""
    asked_id = asked_by_link(Purpose.WITHDRAW, suggestion_id)
    form = AgreementForm()
    if form.validate_on_submit() and obeys(form, lambda: _agree(asked_id, form)):
        flash(_("Your answer is recorded. Thank you."), "ok")
        token = link_token()
        return once.done(
            url_for("intake.agree", token=token) if token else url_for("intake.agree", suggestion_id=asked_id)
        )
    suggestion = get_suggestion(asked_id, visitor())
    asked = together.latest_agreement(asked_id, visitor().deputy_id)
    if asked is None:
        raise NotFound
    is_open = asked.answer is None and asked.withdrawal.settled_on is None
    facts = {"suggestion": suggestion, "asked": asked, "form": form if is_open else None}
    return render_template("intake/agree.html", **facts, **frame())


def _withdraw(suggestion_id: int, form: ReasonForm) -> Withdrawal:
    suggestion = get_suggestion(suggestion_id, visitor())
    by = visitor().actor()
    if suggestion.lead_deputy is not None:
        by = by.for_paper_of(suggestion.lead_deputy.name)
    return actions.withdraw(suggestion, form.reason.data or "", by=by, on=clock.today())


def _enter(suggestion_id: int, form: PaperAgreementForm) -> None:
    must_not_be_later(form.on.data)
    suggestion = get_suggestion(suggestion_id, visitor())
    deputy = get_deputy(form.deputy_id.data, visitor().congress_id)
    by = visitor().actor().for_paper_of(deputy.name)
    facts: dict[str, Any] = {"way": AnswerWay.PAPER, "note": form.note.data or ""}
    actions.answer_withdrawal(suggestion, deputy, Answer(form.answer.data), by=by, on=form.on.data, **facts)


def _agree(suggestion_id: int, form: AgreementForm) -> None:
    suggestion = get_suggestion(suggestion_id, visitor())
    deputy = db.session.get_one(Deputy, visitor().deputy_id)
    facts: dict[str, Any] = {"way": way_of_answer(), "note": form.note.data or ""}
    actions.answer_withdrawal(
        suggestion, deputy, Answer(form.answer.data), by=visitor().actor(), on=clock.today(), **facts
    )
