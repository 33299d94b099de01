"""The deputy rates; the office enters signed papers, sees what is awaited, and closes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.deadlines.lamps import lamps
from tracker.errors import N_, NotFound, RuleBroken
from tracker.feedback import actions, queries, tables
from tracker.feedback.forms import ClosingForm, PaperRatingForm, RatingForm
from tracker.feedback.models import Rating, RatingChannel, Verdict
from tracker.feedback.names import CHANNELS, VERDICT_LOOKS, VERDICTS
from tracker.handling import links
from tracker.handling.addresses import reply_address
from tracker.handling.models import Reply
from tracker.handling.names import OUTCOMES, PUBLICITIES, WAYS
from tracker.handling.queries import DELIVERED, get_reply
from tracker.paper.queries import scans_of
from tracker.people.visitors import link_token, visitor
from tracker.roles import OFFICE, Role
from tracker.structure.models import Deputy
from tracker.structure.queries import get_deputy
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url

pages = Blueprint("feedback", __name__)
links.keep_inside(pages)
WORDS = {"verdict_names": VERDICTS, "verdict_looks": VERDICT_LOOKS, "channel_names": CHANNELS}


@pages.route("/replies/<int:reply_id>/rating", methods=["GET", "POST"])
@pages.route("/links/<token>/rating", methods=["GET", "POST"])
@by_link
@allow(Role.DEPUTY, *OFFICE)
def rating(reply_id: int | None = None, **_link: str) -> Any:
    """The reply, and the rating of it; once rated, a word of thanks and what was said."""
    found = delivered_reply(reply_id)
    form = PaperRatingForm(on=clock.today()) if visitor().role in OFFICE else RatingForm()
    if isinstance(form, PaperRatingForm):
        form.deputy_id.choices = [(one.id, one.name) for one in queries.may_rate(found)]
    if form.validate_on_submit() and obeys(form, lambda: _rate(form, reply_id)):
        flash(_("The rating is recorded. Thank you."), "ok")
        return once.done(reply_address("feedback.rating", found.id))
    found = delivered_reply(reply_id)
    return render_template(
        "feedback/rating.html",
        form=form,
        reply=found,
        assignment=found.assignment,
        suggestion=found.assignment.suggestion,
        given=(given := _given(found)),
        signed=scans_of("rating", [one.id for one in given]) if visitor().role in OFFICE else {},
        may_rate=_may_rate(found),
        outcome_names=OUTCOMES,
        publicity_names=PUBLICITIES,
        way_names=WAYS,
        **WORDS,
    )


@pages.get("/ratings")
@allow(Role.DEPUTY, *OFFICE)
def index() -> Any:
    """The office: what is awaited, and who is dissatisfied. A deputy: what to rate, and what he said."""
    if visitor().role is Role.DEPUTY:
        mine = db.session.scalars(queries.to_rate(visitor())).unique().all()
        if asked_for_sheet():
            given = db.session.scalars(queries.own_ratings(visitor())).unique()
            return tables.mine(mine, given)
        given = db.session.scalars(queries.own_ratings(visitor()).limit(ROWS)).unique()
        return render_template("feedback/mine.html", to_rate=mine, given=given.all(), sheet_url=sheet_url(), **WORDS)
    show = "dissatisfied" if request.args.get("show") == "dissatisfied" else "awaited"
    wanted: Any = queries.dissatisfied(visitor()) if show == "dissatisfied" else queries.awaited(visitor())
    if asked_for_sheet():
        found = db.session.execute(wanted).unique()
        return tables.dissatisfied(found) if show == "dissatisfied" else tables.awaited(found)
    total, number = queries.count(wanted), asked_page()
    number = min(number, max(1, -(-total // ROWS)))
    rows = db.session.execute(wanted.offset((number - 1) * ROWS).limit(ROWS)).unique().all()
    return render_template(
        "feedback/index.html",
        page=Page(list(rows), number, total),
        show=show,
        lamps=lamps(visitor().congress_id, clock.today()),
        sheet_url=sheet_url(),
        **WORDS,
    )


@pages.route("/suggestions/<int:suggestion_id>/closing", methods=["GET", "POST"])
@allow(*OFFICE)
def close(suggestion_id: int) -> Any:
    form = ClosingForm()
    if form.validate_on_submit() and obeys(form, lambda: _close(suggestion_id, form)):
        flash(_("The suggestion is closed. Its promises go on being followed."), "ok")
        return once.done(url_for("register.show", suggestion_id=suggestion_id))
    return render_template("feedback/close.html", form=form, suggestion=get_suggestion(suggestion_id, visitor()))


def _close(suggestion_id: int, form: ClosingForm) -> None:
    suggestion = get_suggestion(suggestion_id, visitor())
    actions.close(suggestion, form.note.data or "", by=visitor().actor(), on=clock.today())


def delivered_reply(reply_id: int | None) -> Reply:
    """The delivered reply asked for; a link opens its own and no other."""
    asking = visitor()
    found = get_reply(getattr(asking, "reply_id", None) or reply_id or 0, asking)
    if found.assignment.standing not in DELIVERED:
        raise NotFound
    return found


def _rate(form: RatingForm, reply_id: int | None) -> None:
    asking, found = visitor(), delivered_reply(reply_id)
    by, on, channel = asking.actor(), clock.today(), RatingChannel.ACCOUNT
    if isinstance(form, PaperRatingForm):
        deputy = get_deputy(form.deputy_id.data, asking.congress_id)
        by, on, channel = by.for_paper_of(deputy.name), form.on.data, RatingChannel.PAPER
        if on > clock.today():
            raise RuleBroken(N_("The day %(day)s lies in the future."), day=on.isoformat())
    elif asking.deputy_id is None:
        raise RuleBroken(N_("The liaison of a delegation does not rate: tell the office what the delegation thinks."))
    else:
        deputy = queries.signing_card(found, asking.deputy_id)
        channel = RatingChannel.LINK if link_token() else channel
    attitude, result = Verdict(form.attitude.data), Verdict(form.result.data)
    words, today = form.comment.data or "", clock.today()
    actions.rate(found, deputy, attitude, result, words, channel=channel, by=by, on=on, renewed_on=today)


def _given(found: Reply) -> list[Rating]:
    """What was said of this reply: a deputy reads his own, the office all."""
    given, own_id = queries.ratings_of_reply(found.id), visitor().deputy_id
    if visitor().role is not Role.DEPUTY:
        return given
    own = queries.signing_card(found, own_id) if own_id is not None else None
    return [one for one in given if own is not None and one.deputy_id == own.id]


def _may_rate(found: Reply) -> list[Deputy]:
    """Who may still rate it, as far as this visitor speaks for them: the office for all, a deputy for himself."""
    able, own_id = queries.may_rate(found), visitor().deputy_id
    if visitor().role in OFFICE:
        return able
    own = queries.signing_card(found, own_id) if own_id is not None else None
    return [one for one in able if own is not None and one.id == own.id]
