"""The folder to sign, one draft, and whether acts wait for a signature."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.errors import NotFound, RuleBroken
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.signing import actions, queries
from tracker.signing.forms import ModeForm, RemarkForm
from tracker.signing.kinds import Told, kind_of, kinds
from tracker.signing.models import ToSign
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.numbers import row_number
from tracker.web.sentences import sentence

pages = Blueprint("signing", __name__)
MOST_TOLD = 5


@pages.get("/folder")
@allow(*OFFICE)
def index() -> Any:
    """What waits for the leader's signature, and what went back to the clerk."""
    mode = queries.mode_of(visitor().congress_id)
    return render_template(
        "signing/index.html",
        waiting=queries.waiting(visitor()),
        given_back=queries.given_back(visitor()),
        names={word: kind.name for word, kind in kinds().items()},
        signs=visitor().role is Role.OFFICE_LEADER,
        two_steps=mode is not None and mode.two_steps,
    )


@pages.post("/folder/signatures")
@allow(Role.OFFICE_LEADER)
def sign() -> Any:
    """One or several at once, each for itself: what cannot be signed stays in the folder and says why."""
    chosen = request.form.getlist("chosen", type=row_number)
    refused = [told for to_sign_id in chosen if (told := _sign(to_sign_id))]
    if signed := len(chosen) - len(refused):
        flash(_("Signed: %(count)s. What they decide is done.", count=signed), "ok")
    for told in refused[:MOST_TOLD]:
        flash(told, "bad")
    if not chosen:
        flash(_("Nothing was chosen."), "warn")
    return once.done(url_for("signing.index"))


def _sign(to_sign_id: int) -> str:
    """Sign one whole or not at all; the sentence that says why not."""
    paper = queries.get_paper(to_sign_id, visitor())
    about = paper.suggestion.number if paper.suggestion else ""
    name = _("%(kind)s %(number)s", kind=_(kind_of(paper.kind).name), number=about or "").strip()
    try:
        with db.session.begin_nested():
            actions.sign(paper, visitor(), by=visitor().actor(), on=clock.today())
    except RuleBroken as broken:
        return _("Not signed: %(what)s. %(why)s", what=name, why=sentence(broken))
    return ""


@pages.get("/folder/<int:to_sign_id>")
@allow(*OFFICE)
def paper(to_sign_id: int) -> Any:
    return _page(to_sign_id, RemarkForm())


@pages.post("/folder/<int:to_sign_id>/remark")
@allow(Role.OFFICE_LEADER)
def give_back(to_sign_id: int) -> Any:
    form = RemarkForm()
    if form.validate_on_submit() and obeys(form, lambda: _give_back(to_sign_id, form)):
        flash(_("Given back to the clerk."), "ok")
        return once.done(url_for("signing.index"))
    return _page(to_sign_id, form)


def _give_back(to_sign_id: int, form: RemarkForm) -> None:
    found = queries.get_paper(to_sign_id, visitor())
    actions.give_back(found, form.remark.data or "", by=visitor().actor(), on=clock.today())


@pages.post("/folder/<int:to_sign_id>/end")
@allow(Role.OFFICE_CLERK)
def take_out(to_sign_id: int) -> Any:
    form = RemarkForm()
    if obeys(form, lambda: actions.take_out(queries.get_paper(to_sign_id, visitor()), on=clock.today())):
        flash(_("Taken out of the folder."), "ok")
        return once.done(url_for("signing.index"))
    return _page(to_sign_id, form)


def _page(to_sign_id: int, form: RemarkForm) -> str:
    found = queries.get_paper(to_sign_id, visitor())
    return render_template(
        "signing/paper.html",
        paper=found,
        name=kind_of(found.kind).name,
        told=_told(found),
        page_url=kind_of(found.kind).page(found.thing_id),
        form=form,
        signs=visitor().role is Role.OFFICE_LEADER,
    )


def _told(found: ToSign) -> Told | None:
    """What was drawn up; None where what it was about is no longer there."""
    try:
        return kind_of(found.kind).told(found.thing_id, found.facts, visitor())
    except (NotFound, RuleBroken):
        return None


@pages.route("/signing-mode", methods=["GET", "POST"])
@allow(Role.OFFICE_LEADER, Role.ADMIN)
def mode() -> Any:
    now = queries.mode_of(visitor().congress_id)
    form = ModeForm(mode="two" if now is not None and now.two_steps else "one")
    if form.validate_on_submit() and obeys(form, lambda: _choose(form)):
        flash(_("Saved."), "ok")
        return once.done(url_for("signing.mode"))
    return render_template("signing/mode.html", form=form, now=queries.mode_of(visitor().congress_id))


def _choose(form: ModeForm) -> None:
    by = visitor().actor()
    actions.choose_mode(visitor().congress_id, form.mode.data == "two", by=by, on=clock.today(), at=clock.now())
