"""The second factor: setting it up with the phone, its recovery codes, and switching it off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, flash, g, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import N_, NotFound, RuleBroken
from tracker.people import letters, proof, rules, second_factor
from tracker.people.forms import NewCodeForm, ProofForm
from tracker.people.letters import Changed
from tracker.people.models import Awaits
from tracker.people.views import door, pages
from tracker.people.visitors import visitor
from tracker.roles import EVERYBODY
from tracker.web import once
from tracker.web.codes import qr_code
from tracker.web.forms import OfficeForm, obeys
from tracker.web.gate import allow


@pages.route("/account/second-factor", methods=["GET", "POST"])
@allow(*EVERYBODY)
def factor() -> Any:
    """How it stands; with the password a new one is begun."""
    form = ProofForm()
    if form.validate_on_submit() and obeys(form, lambda: _begin(form)):
        return once.done(url_for("people.factor"))
    return _page(form, NewCodeForm(formdata=None))


def _begin(form: ProofForm) -> None:
    _must_be_on()
    _prove(form)
    second_factor.begin(visitor().id)


def _must_be_on() -> None:
    if current_app.config["SECOND_FACTOR"] == "off":
        raise RuleBroken(N_("One-time codes are switched off here."))


def _prove(form: ProofForm) -> None:
    proof.must_know_password(visitor(), form.current.data or "", at=clock.now())


@pages.post("/account/second-factor/code")
@allow(*EVERYBODY)
def confirm_factor() -> Any:
    """The phone's first code: from now on it is asked for, and the recovery codes are shown this once."""
    form = NewCodeForm()
    if form.validate_on_submit():
        return _with_codes(form, lambda: _confirm(form))
    return _page(ProofForm(formdata=None), form)


def _confirm(form: NewCodeForm) -> list[str]:
    user, at = visitor(), clock.now()
    codes = second_factor.confirm(user, form.code.data or "", at=at)
    letters.account_changed(user, Changed.FACTOR, at=at)
    g.secret = door.begin_anew(user)
    return codes


@pages.post("/account/second-factor/recovery-codes")
@allow(*EVERYBODY)
def recovery_codes() -> Any:
    """Ten new ones; the earlier ones are dead."""
    form = ProofForm()
    if form.validate_on_submit():
        return _with_codes(form, lambda: _new_codes(form))
    return _page(form, NewCodeForm(formdata=None))


def _new_codes(form: ProofForm) -> list[str]:
    _prove(form)
    if not second_factor.has_factor(visitor().id):
        raise NotFound
    g.secret = door.begin_anew(visitor())
    return second_factor.make_recovery_codes(visitor())


def _with_codes(form: OfficeForm, act: Callable[[], list[str]]) -> Any:
    """Act, and show what is shown only once; the same form sent again leads back and shows nothing."""
    made: list[str] = []
    if not obeys(form, lambda: made.extend(act())):
        is_new = isinstance(form, NewCodeForm)
        return _page(ProofForm(formdata=None) if is_new else form, form if is_new else NewCodeForm(formdata=None))
    answer = once.done(url_for("people.factor"))
    if second_factor.codes_left(visitor().id) != len(made):  # another press was quicker
        return answer
    door.enter(g.secret)
    return render_template("people/recovery_codes.html", codes=made, address=visitor().email)


@pages.post("/account/second-factor/end")
@allow(*EVERYBODY)
def end_factor() -> Any:
    """Switch it off, where it is not required."""
    form = ProofForm()
    if form.validate_on_submit() and obeys(form, lambda: _end(form)):
        answer = once.done(url_for("people.factor"))
        door.enter(g.secret)
        flash(_("One-time codes are no longer asked for."), "ok")
        return answer
    return _page(form, NewCodeForm(formdata=None))


def _end(form: ProofForm) -> None:
    user, at = visitor(), clock.now()
    if _is_required():
        raise RuleBroken(N_("Your role signs in with a one-time code. It can be set up anew, but not switched off."))
    _prove(form)
    second_factor.drop(user, by=user.actor(), at=at)
    letters.account_changed(user, Changed.FACTOR_RESET, at=at)
    g.secret = door.begin_anew(user)


def _is_required() -> bool:
    who, mode = visitor(), current_app.config["SECOND_FACTOR"]
    return rules.needs_factor(who.role, mode, demo_only=who.demo_only)


def _page(form: ProofForm, code_form: NewCodeForm) -> Any:
    who = visitor()
    found = second_factor.factor_of(who.id)
    key = second_factor.key_to_type(found) if found and found.new_salt else ""
    return render_template(
        "people/factor.html",
        form=form,
        code_form=code_form,
        factor=found,
        key=" ".join(key[place : place + 4] for place in range(0, len(key), 4)),
        picture=_picture(key) if key else "",
        codes_left=second_factor.codes_left(who.id),
        is_required=_is_required(),
        is_off=current_app.config["SECOND_FACTOR"] == "off",
        first=g.awaits is Awaits.ENROLMENT,
        frame="layouts/plain.html" if g.awaits is Awaits.ENROLMENT else "layouts/page.html",
    )


def _picture(key: str) -> Any:
    issuer = urlsplit(current_app.config["BASE_URL"]).hostname or ""  # a longer name makes a picture too fine to read
    address = second_factor.address_of_app(visitor(), key, issuer)
    return qr_code(address, _("Code that the phone reads"))
