"""Saying something about a suggestion, seeing it, taking it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.dispatch.queries import assignments_of
from tracker.errors import NotFound
from tracker.handling.links import keep_inside
from tracker.handling.queries import get_assignment
from tracker.people.visitors import link_token, visitor
from tracker.remarks import actions, queries
from tracker.remarks.beside import say_address
from tracker.remarks.forms import OFFICE, RemarkForm, TakeBackForm
from tracker.remarks.models import Remark
from tracker.remarks.rules import WRITERS, Audience
from tracker.remarks.said import form_for
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link

pages = Blueprint("remarks", __name__)
keep_inside(pages)


@pages.route("/suggestions/<int:suggestion_id>/remarks", methods=["GET", "POST"])
@pages.route("/links/<token>/remarks", methods=["GET", "POST"])
@by_link
@allow(*WRITERS)
def say(suggestion_id: int | None = None, **_link: str) -> Any:
    """By account, or through the link mailed for one assignment; whoever answers so has seen what was said to him."""
    suggestion_id = suggestion_id or _of_the_link()
    form = form_for(visitor(), assignments_of(get_suggestion(suggestion_id, visitor()).id))
    if form is None:
        raise NotFound
    if form.validate_on_submit() and obeys(form, lambda: _say(form, suggestion_id)):
        form.remember_name()
        flash(_("Your remark stands on the timeline."), "ok")
        return once.done(_back(suggestion_id) + "#remarks")
    return render_template(
        "remarks/say.html",
        form=form,
        suggestion=get_suggestion(suggestion_id, visitor()),
        say_url=say_address(suggestion_id),
        back_url=_back(suggestion_id),
    )


@pages.post("/remarks/<int:remark_id>/seen")
@allow(*WRITERS)
def see(remark_id: int) -> Any:
    """Whoever was addressed has read it."""
    remark = queries.get_remark(remark_id, visitor())
    if not queries.is_addressed(remark, visitor()):
        raise NotFound
    actions.see(remark, by=visitor().actor(), at=clock.now())
    return once.done(url_for("register.show", suggestion_id=remark.suggestion_id) + "#remarks")


@pages.route("/remarks/<int:remark_id>/withdrawal", methods=["GET", "POST"])
@allow(*WRITERS)
def take_back(remark_id: int) -> Any:
    """Its author takes a remark back."""
    suggestion_id = _own(remark_id).suggestion_id
    form = TakeBackForm()
    if form.validate_on_submit() and obeys(form, lambda: _take_back(form, remark_id)):
        flash(_("The remark is taken back; that it was there stays to be read."), "ok")
        return once.done(url_for("register.show", suggestion_id=suggestion_id) + "#remarks")
    return render_template("remarks/take_back.html", form=form, remark=_own(remark_id))


def _of_the_link() -> int:
    """:raises NotFound: the link opens no assignment."""
    if visitor().assignment_id is None:
        raise NotFound
    return get_assignment(visitor().assignment_id, visitor()).suggestion_id


def _back(suggestion_id: int) -> str:
    token = link_token()
    if token is not None:
        return url_for("handling.assignment", token=token)
    return url_for("register.show", suggestion_id=suggestion_id)


def _say(form: RemarkForm, suggestion_id: int) -> None:
    asking, suggestion = visitor(), get_suggestion(suggestion_id, visitor())
    actions.say(
        suggestion,
        form.text.data or "",
        Audience(form.audience.data),
        role=asking.role,
        by=asking.actor(),
        on=clock.today(),
        at=clock.now(),
        to_body_id=int(form.to.data) if form.to.data.isdigit() else None,
        to_office=form.to.data == OFFICE,
    )
    if link_token() is not None:
        for remark in queries.addressed_on(suggestion_id, asking):
            actions.see(remark, by=asking.actor(), at=clock.now())


def _take_back(form: TakeBackForm, remark_id: int) -> None:
    actions.take_back(_own(remark_id), form.reason.data or "", by=visitor().actor(), at=clock.now())


def _own(remark_id: int) -> Remark:
    found = queries.get_remark(remark_id, visitor())
    if found.user_id != visitor().id:
        raise NotFound
    return found
