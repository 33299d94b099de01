"""Accounts of others: who may sign in, ending access, and taking away a lost second factor."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.errors import N_, NotFound, RuleBroken
from tracker.people import actions, letters, queries, second_factor
from tracker.people.forms import UserForm
from tracker.people.letters import Changed
from tracker.people.models import User
from tracker.people.views import pages
from tracker.people.visitors import visitor
from tracker.roles import Role
from tracker.structure.queries import body_choices, deputy_choices
from tracker.web import once, personal
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook
from tracker.web.site import ROLE_NAMES


@pages.get("/users")
@allow(Role.ADMIN)
def users() -> Any:
    found = queries.users_of(visitor().congress_id)
    personal.shows(len(found))
    if asked_for_sheet():
        headers = [_("Name"), _("E-mail"), _("Role"), _("Access ended on")]
        cells = ([one.name, one.email, ROLE_NAMES[one.role], one.disabled_at] for one in found)
        return workbook(_("Accounts"), headers, cells)
    with_factor = queries.users_with_factor(visitor().congress_id)
    return render_template("people/users.html", users=found, with_factor=with_factor, sheet_url=sheet_url())


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
    user = _user(user_id)
    if user.id == visitor().id:
        raise RuleBroken(_("You cannot end your own access."))
    act = actions.disable if user.disabled_at is None else actions.enable
    act(user, by=visitor().actor(), at=clock.now())
    return once.done(url_for("people.users"))


@pages.post("/users/<int:user_id>/second-factor")
@allow(Role.ADMIN)
def reset_factor(user_id: int) -> Any:
    """A phone is lost, and the recovery codes too: the person signs in with the password and sets up a new one."""
    user, at = _user(user_id), clock.now()
    if user.id == visitor().id:
        raise RuleBroken(N_("Your own is set up anew under My account."))
    if second_factor.drop(user, by=visitor().actor(), at=at):
        actions.end_all_sessions(user, at=at)
        letters.account_changed(user, Changed.FACTOR_RESET, at=at)
    flash(_("%(name)s signs in with the password alone until a new factor is set up.", name=user.name), "ok")
    return once.done(url_for("people.users"))


def _user(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None or user.congress_id != visitor().congress_id:
        raise NotFound
    return user
