"""Signing in and out, my account, accounts of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, flash, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from tracker import clock
from tracker.database import db
from tracker.errors import NotFound, RuleBroken
from tracker.people import actions, named, queries
from tracker.people.forms import ChangePasswordForm, NewPasswordForm, SignInForm, UserForm
from tracker.people.models import Purpose, User
from tracker.people.visitors import SignedIn, visitor
from tracker.roles import EVERYBODY, Role
from tracker.structure.queries import body_choices, deputy_choices
from tracker.web import once, personal
from tracker.web.addresses import own_path
from tracker.web.forms import obeys
from tracker.web.gate import allow, allow_anyone, is_open_to
from tracker.web.languages import COOKIE, LANGUAGES
from tracker.web.lists import LISTS, list_url
from tracker.web.sentences import sentence
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook
from tracker.web.site import ROLE_NAMES

pages = Blueprint("people", __name__)


@pages.route("/sign-in", methods=["GET", "POST"])
@allow_anyone
def sign_in() -> Any:
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            entered = _try(form.email.data or "", form.password.data or "")
        except RuleBroken as broken:
            db.session.commit()
            form.form_errors.append(sentence(broken))
        else:
            if entered is not None:
                _enter(entered.secret)
                return redirect(own_path(form.next.data, "") or entered.first_url, 303)
            form.form_errors.append(_("E-mail or password is not right."))
    return render_template("people/sign_in.html", form=form)


@dataclass(frozen=True)
class Entered:
    """Somebody whose password was right: the session's secret, and the page the day begins with."""

    secret: str
    first_url: str


def _try(email: str, password: str) -> Entered | None:
    source, at = request.remote_addr or "", clock.now()
    actions.note_attempt(email, source=source, at=at)
    db.session.commit()
    actions.must_not_be_guessing(email, source=source, at=at)
    user = actions.find_by_password(email, password)
    if user is None:
        actions.refuse_sign_in(email, source=source, at=at)
        db.session.commit()
        return None
    if user.demo_only and source not in ("127.0.0.1", "::1"):
        return None
    secret = actions.sign_in(user, email, source=source, agent=request.user_agent.string, at=at)
    start = named.start_of(user)
    known = start is not None and start.page in LISTS and is_open_to(start.page, user)
    first_url = list_url(start.page, start.query) if start is not None and known else "/"
    db.session.commit()
    return Entered(secret, first_url)


def _enter(secret: str) -> None:
    """A new browser session at every sign-in: nothing of an earlier visitor is carried over."""
    session.clear()
    login_user(SignedIn(secret))


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


@pages.route("/account", methods=["GET", "POST"])
@allow(*EVERYBODY)
def account() -> Any:
    form = ChangePasswordForm()
    if form.validate_on_submit() and obeys(form, lambda: _change_password(form)):
        flash(_("Your password is changed. All your other sessions have ended."), "ok")
        return once.done(url_for("people.account"))
    mine = queries.sessions_of(visitor())
    return render_template("people/account.html", form=form, sessions=mine, here_id=g.sign_in_id)


def _change_password(form: ChangePasswordForm) -> None:
    actions.change_password(
        visitor(), form.current.data or "", form.password.data or "", at=clock.now(), keep_session=g.sign_in_id
    )


@pages.post("/account/sessions/end")
@allow(*EVERYBODY)
def end_sessions() -> Any:
    actions.end_all_sessions(visitor(), at=clock.now(), but=g.sign_in_id)
    flash(_("All your other sessions have ended."), "ok")
    return once.done(url_for("people.account"))


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


@pages.get("/users")
@allow(Role.ADMIN)
def users() -> Any:
    found = queries.users_of(visitor().congress_id)
    personal.shows(len(found))
    if asked_for_sheet():
        headers = [_("Name"), _("E-mail"), _("Role"), _("Access ended on")]
        cells = ([one.name, one.email, ROLE_NAMES[one.role], one.disabled_at] for one in found)
        return workbook(_("Accounts"), headers, cells)
    return render_template("people/users.html", users=found, sheet_url=sheet_url())


@pages.route("/users/new", methods=["GET", "POST"])
@allow(Role.ADMIN)
def add_user() -> Any:
    form = UserForm()
    form.body_id.choices = [(0, _("none")), *body_choices(visitor().congress_id)]
    form.deputy_id.choices = [(0, _("none")), *deputy_choices(visitor().congress_id)]
    made: list[tuple[User, str]] = []
    if form.validate_on_submit() and obeys(form, lambda: made.append(_add(form))):
        user, secret = made[0]
        db.session.commit()
        address = current_app.config["BASE_URL"] + url_for("people.set_password", secret=secret)
        return render_template("people/user_added.html", user=user, address=address)
    return render_template("people/add_user.html", form=form)


def _add(form: UserForm) -> tuple[User, str]:
    user = actions.add_user(
        form.email.data or "",
        form.name.data,
        form.role.data,
        congress_id=visitor().congress_id,
        body_id=form.body_id.data or None,
        deputy_id=form.deputy_id.data or None,
        by=visitor().actor(),
        at=clock.now(),
    )
    return user, actions.password_link(user, at=clock.now(), hours=72)


@pages.post("/users/<int:user_id>/access")
@allow(Role.ADMIN)
def access(user_id: int) -> Any:
    """End a person's access, or give it back."""
    user = db.session.get(User, user_id)
    if user is None or user.congress_id != visitor().congress_id:
        raise NotFound
    if user.id == visitor().id:
        raise RuleBroken(_("You cannot end your own access."))
    act = actions.disable if user.disabled_at is None else actions.enable
    act(user, by=visitor().actor(), at=clock.now())
    return once.done(url_for("people.users"))
