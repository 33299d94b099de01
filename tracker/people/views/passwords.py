"""A password set by a one-time link, and a forgotten one."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.errors import NotFound
from tracker.people import actions, forgotten, queries
from tracker.people.forms import ForgottenForm, NewPasswordForm
from tracker.people.models import Purpose, User
from tracker.people.views import pages
from tracker.web.forms import obeys
from tracker.web.gate import allow_anyone


@pages.route("/password", methods=["GET", "POST"], endpoint="forgotten")
@allow_anyone
def ask() -> Any:
    """Takes the address down and says the same whoever's it is; without a mail server it says whom to ask."""
    form, by_mail, is_taken = ForgottenForm(), bool(current_app.config["SMTP_URL"]), False
    if by_mail and form.validate_on_submit() and obeys(form, lambda: _wish(form)):
        db.session.commit()
        is_taken = True
    return render_template("people/forgotten.html", form=form, by_mail=by_mail, is_taken=is_taken)


def _wish(form: ForgottenForm) -> None:
    forgotten.wish(form.email.data or "", source=request.remote_addr or "", at=clock.now())


@pages.route("/password/<secret>", methods=["GET", "POST"])
@allow_anyone
def set_password(secret: str) -> Any:
    """The page behind a one-time link; looking at it changes nothing."""
    link = queries.find_link(secret, at=clock.now())
    if link is None or link.purpose is not Purpose.PASSWORD or link.user_id is None:
        raise NotFound
    form = NewPasswordForm()
    link_id, user_id = link.id, link.user_id
    if form.validate_on_submit() and obeys(form, lambda: _set_password(secret, user_id, form)):
        db.session.commit()
        flash(_("Your password is set. Please sign in."), "ok")
        return redirect(url_for("people.sign_in"), 303)
    user = db.session.get_one(User, user_id)
    return render_template("people/set_password.html", form=form, user=user, link_id=link_id)


def _set_password(secret: str, user_id: int, form: NewPasswordForm) -> None:
    link = queries.find_link(secret, at=clock.now())
    if link is None:
        raise NotFound
    actions.use_up(link, at=clock.now())
    user = db.session.get_one(User, user_id)
    actions.set_password(user, form.password.data or "", at=clock.now())
    actions.end_all_sessions(user, at=clock.now())
