"""Bodies become others: first what would move, then the act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.dispatch.actions.succeeding import succeed
from tracker.dispatch.desk import PART_NAMES
from tracker.dispatch.in_hand import WouldMove, would_move
from tracker.dispatch.reform_form import ReformForm
from tracker.dispatch.views import pages
from tracker.people.office_code import code_of
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.structure.models import Body, SuccessionKind
from tracker.structure.queries import body_choices, get_body
from tracker.structure.reform import Reform, new_body_like
from tracker.structure.rules import must_fit_the_kind
from tracker.suggestion.journey import NAMES
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import obeys
from tracker.web.gate import allow

__all__ = ["pages"]
CHOSEN = (SuccessionKind.SPLIT, SuccessionKind.TRANSFERRED)


@pages.get("/bodies/<int:body_id>/reform")
@allow(*OFFICE)
def preview_reform(body_id: int) -> Any:
    """Asks what becomes of a body; once that is said, shows what would move. Nothing is changed."""
    asked = "kind" in request.args
    form = ReformForm(request.args if asked else None, on=clock.today())
    return _page(body_id, form, shown=asked)


@pages.post("/bodies/<int:body_id>/reform")
@allow(*OFFICE)
def reform(body_id: int) -> Any:
    form = ReformForm()
    form.offer(body_choices(_congress_id()), body_id)
    done: list[Body] = []
    if form.validate() and obeys(form, lambda: done.append(_carry_out(body_id, form))):
        flash(_("The reform is carried out, and what was in hand has moved."), "ok")
        _say_code([body_id, *(form.others.data or ())], done[0], form.kind.data)
        return once.done(url_for("structure.body", body_id=done[0].id))
    return _page(body_id, form, shown=True, checked=True)


def _page(body_id: int, form: ReformForm, *, shown: bool, checked: bool = False) -> str:
    body, choices = get_body(body_id, _congress_id()), body_choices(_congress_id())
    form.offer(choices, body_id)
    names, fits = dict(choices), False
    is_whole = not any(field.errors for field in form) if checked else form.validate()
    if shown and is_whole:
        fits = obeys(form, lambda: must_fit_the_kind(form.kind.data, *form.how_many()))
        body = get_body(body_id, _congress_id())
    old = [body, *(get_body(number, _congress_id()) for number in form.others.data or ())] if fits else [body]
    found: WouldMove | None = would_move(old) if fits else None
    return render_template(
        "dispatch/reform.html",
        form=form,
        body=body,
        found=found,
        new_names=[*form.names(), *(names[number] for number in form.successors.data or () if number in names)],
        chooses=form.kind.data in CHOSEN,
        stays=form.kind.data == SuccessionKind.TRANSFERRED,
        part_names=PART_NAMES,
        stage_names=NAMES,
    )


def _say_code(old: Iterable[int], new: Body, kind: str) -> None:
    """The code asked for at a shared mailbox: it goes on, or the office makes a new one."""
    theirs = {code.code_hash for number in old if (code := code_of(number)) is not None}
    if kind == SuccessionKind.TRANSFERRED or not theirs:
        return
    now = code_of(new.id)
    if now is not None and now.code_hash in theirs:
        flash(_("The office code goes on: who used the one of the old body uses it still."), "ok")
    elif now is not None:
        flash(_("%(body)s has its own office code: tell it to those who come along.", body=in_language(new)), "warn")
    else:
        flash(
            _("Several of the old bodies had an office code: make a new one for %(body)s.", body=in_language(new)),
            "warn",
        )


def _carry_out(body_id: int, form: ReformForm) -> Body:
    own, by, at = _congress_id(), visitor().actor(), clock.now()
    body = get_body(body_id, own)
    new = [new_body_like(body, name, by=by, at=at) for name in form.names()]
    new += [get_body(number, own) for number in form.successors.data or ()]
    old = [body, *(get_body(number, own) for number in form.others.data or ())]
    must_fit_the_kind(form.kind.data, len(old), len(new))
    act = Reform(SuccessionKind(form.kind.data), old, new, form.on.data, form.document_number.data or "")
    succeed(act, _chosen(new), by=by, on=clock.today(), at=at)
    return act.main


def _chosen(new: list[Body]) -> dict[int, Body | None]:
    """Where single assignments go, as the list on the page says: `to-9` holds a place in it, or nothing if it stays."""
    places = {str(place): body for place, body in enumerate(new)}
    asked = {name.removeprefix("to-"): value for name, value in request.form.items() if name.startswith("to-")}
    return {int(number): places.get(value) for number, value in asked.items() if number.isascii() and number.isdigit()}


def _congress_id() -> int:
    return visitor().congress_id or 0
