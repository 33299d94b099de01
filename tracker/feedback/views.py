"""The deputy rates; the office enters signed papers, sees what is awaited, and closes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.deadlines.chosen import Aspect
from tracker.deadlines.lamps import lamps
from tracker.deadlines.names import ASPECTS
from tracker.dispatch.clocks import law_of
from tracker.errors import N_, NotFound, RuleBroken
from tracker.feedback import actions, queries, rates, tables, whence
from tracker.feedback.forms import ClosingForm, PaperRatingForm, RatingForm
from tracker.feedback.models import COLUMNS, Rating, RatingChannel
from tracker.feedback.names import CHANNELS, FINDINGS, VERDICT_LOOKS, VERDICTS
from tracker.feedback.versions import versions_of
from tracker.files.store import keep
from tracker.handling import links
from tracker.handling.addresses import reply_address
from tracker.handling.delivering import to_relay
from tracker.handling.models import Reply
from tracker.handling.names import OUTCOMES, PUBLICITIES, WAYS
from tracker.handling.queries import DELIVERED, get_reply
from tracker.people import networks
from tracker.people.visitors import link_token, visitor
from tracker.roles import OFFICE, Role
from tracker.structure.models import Deputy
from tracker.structure.queries import get_deputy
from tracker.suggestion.journey import Standing
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url

pages = Blueprint("feedback", __name__)
links.keep_inside(pages)
WORDS = {
    "verdict_names": VERDICTS,
    "verdict_looks": VERDICT_LOOKS,
    "channel_names": CHANNELS,
    "aspect_names": ASPECTS,
    "finding_names": FINDINGS,
}
LISTS: dict[str, Any] = {
    "awaited": queries.awaited,
    "study": queries.to_study,
    "dissatisfied": queries.dissatisfied,
    "changed": queries.changed,
    "not_rated": lambda visitor: queries.not_rated(visitor, clock.today()),
}


@pages.route("/replies/<int:reply_id>/rating", methods=["GET", "POST"])
@pages.route("/links/<token>/rating", methods=["GET", "POST"])
@by_link
@allow(Role.DEPUTY, *OFFICE)
def rating(reply_id: int | None = None, **_link: str) -> Any:
    """The reply, and the rating of it; once rated, a word of thanks, what was said, and the way to change it."""
    found = delivered_reply(reply_id)
    able = _able(found)
    form = _form(found, able)
    if form.validate_on_submit() and obeys(form, lambda: _rate(form, reply_id)):
        flash(_("The rating is recorded. Thank you."), "ok")
        return once.done(reply_address("feedback.rating", found.id))
    found = delivered_reply(reply_id)
    given = _given(found)
    return render_template(
        "feedback/rating.html",
        form=form,
        aspects=[form[COLUMNS[aspect]] for aspect in form.asked],
        reply=found,
        assignment=found.assignment,
        suggestion=found.assignment.suggestion,
        given=versions_of(given),
        may_rate=_able(found),
        has_rated=visitor().role is Role.DEPUTY and bool(given),
        may_relay=visitor().role is Role.DEPUTY and _relays(found.id),
        outcome_names=OUTCOMES,
        publicity_names=PUBLICITIES,
        way_names=WAYS,
        **WORDS,
    )


@pages.get("/ratings")
@allow(Role.DEPUTY, *OFFICE)
def index() -> Any:
    """The office: what is awaited, to be studied, dissatisfied, changed or not rated at all. A deputy: his own."""
    if visitor().role is Role.DEPUTY:
        return _mine()
    show = request.args.get("show", "awaited")
    show = show if show in LISTS else "awaited"
    wanted: Any = LISTS[show](visitor())
    if asked_for_sheet():
        return getattr(tables, show)(db.session.execute(wanted).unique())
    total, number = queries.count(wanted), asked_page()
    number = min(number, max(1, -(-total // ROWS)))
    rows = db.session.execute(wanted.offset((number - 1) * ROWS).limit(ROWS)).unique().all()
    return render_template(
        "feedback/index.html",
        page=Page(list(rows), number, total),
        show=show,
        shares=rates.shares(visitor(), clock.today()),
        lamps=lamps(visitor().congress_id, clock.today()),
        sheet_url=sheet_url(),
        today=clock.today(),
        **WORDS,
    )


def _mine() -> Any:
    """A deputy's own two lists."""
    mine = db.session.scalars(queries.to_rate(visitor())).unique().all()
    if asked_for_sheet():
        given = db.session.scalars(queries.own_ratings(visitor())).unique()
        return tables.mine(mine, given)
    given = db.session.scalars(queries.own_ratings(visitor()).limit(ROWS)).unique()
    return render_template("feedback/mine.html", to_rate=mine, given=given.all(), sheet_url=sheet_url(), **WORDS)


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


def _form(found: Reply, able: Sequence[Deputy]) -> RatingForm:
    """What this congress asks; nobody says why he changes his mind who has not rated yet."""
    rated = {one.deputy_id for one in queries.ratings_of_reply(found.id)}
    facts: dict[str, Any] = {
        "asked": law_of(found.assignment).rules.rates,
        "may_change": bool(rated & {one.id for one in able}),
    }
    if visitor().role not in OFFICE:
        return RatingForm(**facts)
    form = PaperRatingForm(on=clock.today(), **facts)
    told = {one.id: _("%(name)s (has rated)", name=one.name) if one.id in rated else one.name for one in able}
    form.deputy_id.choices = list(told.items())
    return form


def _rate(form: RatingForm, reply_id: int | None) -> None:
    asking, found = visitor(), delivered_reply(reply_id)
    by, on, channel, scan = asking.actor(), clock.today(), RatingChannel.ACCOUNT, None
    if isinstance(form, PaperRatingForm):
        deputy = get_deputy(form.deputy_id.data, asking.congress_id)
        by, on, channel = by.for_paper_of(deputy.name), form.on.data, RatingChannel.PAPER
        if on > clock.today():
            raise RuleBroken(N_("The day %(day)s lies in the future."), day=on.isoformat())
        scan = keep(form.scan.data, by=by, at=clock.now()) if form.scan.data else None
    elif asking.deputy_id is None:
        raise RuleBroken(N_("The liaison of a delegation does not rate: tell the office what the delegation thinks."))
    else:
        deputy = queries.signing_card(found, asking.deputy_id)
        channel = RatingChannel.LINK if link_token() else channel
    said, words = form.said(), form.comment.data or ""
    facts: dict[str, Any] = {"further": said, "reason": form.reasoned(), "scan": scan, "renewed_on": clock.today()}
    attitude, result = said[Aspect.ATTITUDE], said[Aspect.RESULT]
    rating = actions.rate(found, deputy, attitude, result, words, channel=channel, by=by, on=on, **facts)
    if channel is not RatingChannel.PAPER:
        whence.note_network(rating, found.assignment.body_id, networks.here())


def _given(found: Reply) -> list[Rating]:
    """What was said of this reply: a deputy reads his own, the office all."""
    given, own_id = queries.ratings_of_reply(found.id), visitor().deputy_id
    if visitor().role is not Role.DEPUTY:
        return given
    own = queries.signing_card(found, own_id) if own_id is not None else None
    return [one for one in given if own is not None and one.deputy_id == own.id]


def _able(found: Reply) -> list[Deputy]:
    """Whose rating this visitor may give or change: the office that of all who signed, a deputy his own."""
    able, own_id = queries.may_judge(found), visitor().deputy_id
    if found.assignment.standing is Standing.HANDLED_AGAIN:
        rated = {one.deputy_id for one in queries.ratings_of_reply(found.id)}
        able = [one for one in able if one.id not in rated]
    if visitor().role in OFFICE:
        return able
    own = queries.signing_card(found, own_id) if own_id is not None else None
    return [one for one in able if own is not None and one.id == own.id]


def _relays(reply_id: int) -> bool:
    """Whether the co-signers wait for this lead deputy to pass the reply on."""
    return db.session.scalar(to_relay(visitor()).where(Reply.id == reply_id)) is not None
