"""What the office arranges about its bulletin: when, in which weeks not, who reads how often, and whether it goes."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.bulletin import arranging, queries, sending, text
from tracker.bulletin.forms import WORKING_DAYS, HoldForm, QuietForm, RhythmForm, TimeForm
from tracker.bulletin.models import HoldEnd, Rhythm
from tracker.bulletin.rules import monday_of, week_of
from tracker.bulletin.views import pages
from tracker.errors import NotFound, RuleBroken
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.structure.names import CHANNELS
from tracker.structure.queries import get_officer
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow

BOTH = ["GET", "POST"]


@pages.get("/bulletins/arrangements")
@allow(*OFFICE)
def arrangements() -> str:
    own = own_congress()
    working_day, at = sending.habit(own)
    return render_template(
        "bulletin/arrangements.html",
        working_day=WORKING_DAYS[working_day],
        at=at,
        quiet=sending.quiet_weeks(own),
        holds=sending.holds(own),
        monthly=queries.monthly(own),
        today_week=week_of(clock.today()),
        rank_name=text.rank_name,
        channels=CHANNELS,
    )


@pages.route("/bulletins/arrangements/time", methods=BOTH)
@allow(Role.OFFICE_LEADER)
def time() -> Any:
    working_day, at = sending.habit(own_congress())
    form = TimeForm(working_day=working_day, at=at)
    return entry(_("When the issue is made"), form, lambda: _set_time(form))


@pages.route("/bulletins/quiet/new", methods=BOTH)
@allow(Role.OFFICE_LEADER)
def name_quiet() -> Any:
    form = QuietForm(from_week=request.args.get("week", "")[:8])
    return entry(_("Weeks without an issue"), form, lambda: _be_quiet(form))


@pages.post("/bulletins/quiet/<int:quiet_id>/lift")
@allow(Role.OFFICE_LEADER)
def lift(quiet_id: int) -> Any:
    arranging.lift(sending.get_quiet(quiet_id, own_congress()), by=visitor().actor(), on=clock.today())
    flash(_("There will be an issue again."), "ok")
    return once.done(url_for("bulletin.arrangements"))


@pages.route("/bulletins/<week>/hold", methods=BOTH)
@allow(Role.OFFICE_LEADER)
def hold(week: str) -> Any:
    """The letters wait; the issue is frozen all the same."""
    try:
        monday_of(week)
    except RuleBroken:
        raise NotFound from None
    form = HoldForm()
    title = _("Hold the letters of %(week)s back", week=week)
    return entry(title, form, lambda: _hold(form, week))


@pages.post("/bulletins/holds/<int:hold_id>/end")
@allow(Role.OFFICE_LEADER)
def end_hold(hold_id: int) -> Any:
    ended = HoldEnd.RELEASED if request.form.get("ended") == HoldEnd.RELEASED else HoldEnd.DROPPED
    held = sending.get_hold(hold_id, own_congress())
    arranging.end_hold(held, ended, by=visitor().actor(), at=clock.now())
    flash(_("The letters go within minutes.") if ended is HoldEnd.RELEASED else _("They will not be sent."), "ok")
    return once.done(url_for("bulletin.arrangements"))


@pages.route("/bulletins/readers/<int:officer_id>", methods=BOTH)
@allow(*OFFICE)
def rhythm(officer_id: int) -> Any:
    officer = get_officer(officer_id, own_congress())
    form = RhythmForm(rhythm=str(queries.rhythm_of(officer.id)))
    return entry(_("How often %(name)s reads", name=officer.name), form, lambda: _set_rhythm(form, officer_id))


def entry(title: str, form: Any, act: Any, *, back: str = "") -> Any:
    back = back or url_for("bulletin.arrangements")
    if form.validate_on_submit() and obeys(form, act):
        flash(_("It is recorded."), "ok")
        return once.done(back)
    crumbs = [(_("Weekly bulletin"), url_for("bulletin.index"))]
    return render_template("layouts/entry.html", title=title, form=form, back=back, crumbs_to=crumbs)


def _set_time(form: TimeForm) -> None:
    arranging.set_habit(
        own_congress(), form.working_day.data, form.at.data or sending.EIGHT, by=visitor().actor(), on=clock.today()
    )


def _be_quiet(form: QuietForm) -> None:
    first = form.from_week.data or ""
    by, last = visitor().actor(), form.until_week.data or first
    arranging.be_quiet(own_congress(), first, last, form.reason.data or "", by=by, on=clock.today())


def _hold(form: HoldForm, week: str) -> None:
    arranging.hold(own_congress(), week, form.reason.data or "", by=visitor().actor(), at=clock.now())


def _set_rhythm(form: RhythmForm, officer_id: int) -> None:
    officer = get_officer(officer_id, own_congress())
    arranging.set_rhythm(officer, Rhythm(form.rhythm.data), by=visitor().actor(), on=clock.today())


def own_congress() -> int:
    own: int | None = visitor().congress_id
    if own is None:
        raise NotFound
    return own
