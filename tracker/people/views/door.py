"""Signing in, with a one-time code where the person has one, and out; choosing the language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app, flash, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_user, logout_user
from flask_wtf.csrf import generate_csrf

from tracker import clock
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.people import actions, named, networks, places, rules, second_factor
from tracker.people.forms import CodeForm, SignInForm
from tracker.people.models import Awaits, User
from tracker.people.views import pages
from tracker.people.visitors import SignedIn
from tracker.roles import EVERYBODY
from tracker.web.addresses import own_path
from tracker.web.gate import allow, allow_anyone, is_open_to
from tracker.web.languages import COOKIE, LANGUAGES
from tracker.web.lists import LISTS, list_url
from tracker.web.sentences import sentence


@pages.route("/sign-in", methods=["GET", "POST"])
@allow_anyone
def sign_in() -> Any:
    if g.half_id is not None and "again" not in request.args and "email" not in request.form:
        return _ask_code()
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            entered = _try(form.email.data or "", form.password.data or "")
        except RuleBroken as broken:
            db.session.commit()
            form.form_errors.append(sentence(broken))
        else:
            if entered is not None:
                enter(entered.secret)
                return redirect(_way_on(entered, form.next.data), 303)
            form.form_errors.append(_("E-mail or password is not right."))
    return render_template("people/sign_in.html", form=form)


@dataclass(frozen=True)
class Entered:
    """Somebody who may come in, or further: the session's secret, what it still waits for, where the day begins."""

    secret: str
    first_url: str
    awaits: Awaits | None = None


def _try(email: str, password: str) -> Entered | None:
    source, at = request.remote_addr or "", clock.now()
    actions.note_attempt(email, source=source, at=at)
    db.session.commit()
    actions.must_not_be_guessing(email, source=source, at=at)
    user = actions.find_by_password(email, password)
    if user is None or (user.demo_only and rules.place_of(source) is not None):
        actions.refuse_sign_in(email, source=source, at=at)
        db.session.commit()
        return None
    awaits = _awaits(user)
    if awaits is None:
        _look_from_where(user)
    secret = actions.sign_in(user, email, source=source, agent=request.user_agent.string, at=at, awaits=awaits)
    first_url = _first_url(user)
    db.session.commit()
    return Entered(secret, first_url, awaits)


def _awaits(user: User) -> Awaits | None:
    """What must still be given or set up before anything opens."""
    mode = current_app.config["SECOND_FACTOR"]
    if mode != "off" and second_factor.has_factor(user.id):
        return Awaits.CODE
    if rules.needs_factor(user.role, mode, demo_only=user.demo_only):
        second_factor.begin(user.id)
        return Awaits.ENROLMENT
    return None


def _look_from_where(user: User) -> None:
    idle = timedelta(minutes=current_app.config["SESSION_IDLE_MINUTES"])
    places.look_from_where(user, request.remote_addr or "", networks.here(), at=clock.now(), idle=idle)


def _first_url(user: User) -> str:
    start = named.start_of(user)
    known = start is not None and start.page in LISTS and is_open_to(start.page, user)
    return list_url(start.page, start.query) if start is not None and known else "/"


def _way_on(entered: Entered, next_: str | None) -> str:
    if entered.awaits is Awaits.CODE:
        return url_for("people.sign_in", next=own_path(next_, "") or None)
    return own_path(next_, "") or entered.first_url


def _ask_code() -> Any:
    """The password was right; the code opens, and the session begins anew under another secret."""
    form = CodeForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        half_id, user_id, code, at = g.half_id, g.half_user_id, form.code.data or "", clock.now()
        wrong = second_factor.try_code(user_id, code, at=at)
        if wrong == second_factor.RIGHT:
            entered = _finish(half_id, user_id)
            enter(entered.secret)
            _tell_codes_left(user_id, code)
            return redirect(_way_on(entered, form.next.data), 303)
        form.code.errors = [*form.code.errors, _(wrong)]
    return render_template("people/sign_in_code.html", form=form)


def _finish(half_id: int, user_id: int) -> Entered:
    user, at = db.session.get_one(User, user_id), clock.now()
    _look_from_where(user)
    agent, source = request.user_agent.string, request.remote_addr or ""
    secret = actions.finish_sign_in(half_id, user, source=source, agent=agent, at=at)
    entered = Entered(secret, _first_url(user))
    db.session.commit()
    return entered


def _tell_codes_left(user_id: int, code: str) -> None:
    """After a recovery code: how many are left, on the first page."""
    if len("".join(code.split())) != second_factor.DIGITS:
        left = second_factor.codes_left(user_id)
        flash(ngettext("%(num)d recovery code is left.", "%(num)d recovery codes are left.", left), "warn")


def begin_anew(user: User) -> str:
    """How this person signs in has changed: all his sessions end, this one goes on under another secret."""
    at = clock.now()
    actions.end_all_sessions(user, at=at)
    agent, source = request.user_agent.string, request.remote_addr or ""
    return actions.begin_session(user, source=source, agent=agent, at=at)


def enter(secret: str) -> None:
    """A new browser session at every sign-in: nothing of an earlier visitor is carried over.

    The token of its forms is made at once, so that no page looked at later writes the cookie anew.
    """
    session.clear()
    g.pop("csrf_token", None)
    login_user(SignedIn(secret))
    generate_csrf()


@pages.post("/sign-out")
@allow(*EVERYBODY)
def sign_out() -> Any:
    actions.end_session(g.sign_in_id, at=clock.now())
    db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("people.sign_in"), 303)


@pages.post("/language")
@allow_anyone
def language() -> Any:
    choice = request.form.get("language", "")
    answer = make_response(redirect(own_path(request.form.get("next"), "/"), 303))
    if choice in LANGUAGES:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        answer.set_cookie(COOKIE, choice, max_age=31_536_000, samesite="Lax", httponly=True, secure=secure)
        if isinstance(g.visitor, User):
            actions.choose_language(g.visitor, choice)
            db.session.commit()
    return answer
