"""My account: password, mail address, and where I am signed in."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.people import actions, agents, letters, proof, queries, second_factor
from tracker.people.forms import ChangeAddressForm, ChangePasswordForm
from tracker.people.letters import Changed
from tracker.people.views import door, pages
from tracker.people.visitors import visitor
from tracker.roles import EVERYBODY
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.route("/account", methods=["GET", "POST"])
@allow(*EVERYBODY)
def account() -> Any:
    form = ChangePasswordForm()
    if form.validate_on_submit() and obeys(form, lambda: _change_password(form)):
        return _changed(_("Your password is changed. All your other sessions have ended."))
    mine = queries.sessions_of(visitor().id, **_limits())
    return render_template(
        "people/account.html",
        form=form,
        sessions=mine,
        browser=agents.in_words,
        here_id=g.sign_in_id,
        factor=second_factor.factor_of(visitor().id),
        codes_left=second_factor.codes_left(visitor().id),
        factor_is_offered=current_app.config["SECOND_FACTOR"] != "off",
    )


def _changed(sentence: str) -> Any:
    """Commit, go on in a session of a new secret, and say what is so now."""
    answer = once.done(url_for("people.account"))
    door.enter(g.secret)
    flash(sentence, "ok")
    return answer


def _limits() -> dict[str, Any]:
    return {"at": clock.now(), **queries.limits(current_app.config)}


def _change_password(form: ChangePasswordForm) -> None:
    at = clock.now()
    proof.must_know_password(visitor(), form.current.data or "", at=at)
    actions.set_password(visitor(), form.password.data or "", at=at)
    letters.account_changed(visitor(), Changed.PASSWORD, at=at)
    g.secret = door.begin_anew(visitor())


@pages.route("/account/address", methods=["GET", "POST"])
@allow(*EVERYBODY)
def address() -> Any:
    """The mail address one signs in with; the old one is told."""
    form = ChangeAddressForm()
    if form.validate_on_submit() and obeys(form, lambda: _change_address(form)):
        return _changed(_("Your mail address is changed. All your other sessions have ended."))
    return render_template("people/address.html", form=form)


def _change_address(form: ChangeAddressForm) -> None:
    at, old = clock.now(), visitor().email
    proof.must_know_password(visitor(), form.current.data or "", at=at)
    actions.change_address(visitor(), form.email.data or "", at=at)
    letters.account_changed(visitor(), Changed.ADDRESS, at=at, address=old)
    g.secret = door.begin_anew(visitor())


@pages.post("/account/sessions/end")
@allow(*EVERYBODY)
def end_sessions() -> Any:
    actions.end_all_sessions(visitor(), at=clock.now(), but=g.sign_in_id)
    flash(_("All your other sessions have ended."), "ok")
    return once.done(url_for("people.account"))


@pages.post("/account/sessions/<int:sign_in_id>/end")
@allow(*EVERYBODY)
def end_session(sign_in_id: int) -> Any:
    actions.end_session_of(visitor(), sign_in_id, at=clock.now())
    flash(_("That session has ended."), "ok")
    return once.done(url_for("people.account"))
