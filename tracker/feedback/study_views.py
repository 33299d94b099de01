"""The office studies a dissatisfied rating; the deputy keeps his rating or changes it; the signed paper is shown."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.names import ASPECTS
from tracker.errors import NotFound
from tracker.feedback import queries, studying
from tracker.feedback.forms import KeepForm, StudyForm
from tracker.feedback.models import Finding, Rating
from tracker.feedback.names import CHANNELS, FINDINGS, VERDICT_LOOKS, VERDICTS
from tracker.feedback.versions import latest_of
from tracker.feedback.views import pages
from tracker.files.store import serve
from tracker.handling.addresses import reply_address
from tracker.handling.queries import get_reply
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link

__all__ = ["pages"]


@pages.route("/ratings/<int:rating_id>/study", methods=["GET", "POST"])
@allow(*OFFICE)
def study(rating_id: int) -> Any:
    """Why the deputy is dissatisfied, beside the reply; and what becomes of it."""
    form = StudyForm()
    if form.validate_on_submit() and obeys(form, lambda: _study(rating_id, form)):
        flash(_("Decided. The deputy is being told."), "ok")
        return once.done(url_for("feedback.index", show="study"))
    rating = queries.get_rating(rating_id, visitor())
    reply = get_reply(rating.reply_id, visitor())
    return render_template(
        "feedback/study.html",
        form=form,
        rating=rating,
        reply=reply,
        assignment=reply.assignment,
        suggestion=reply.assignment.suggestion,
        is_pending=studying.is_pending(rating),
        deadline=next(iter(deadlines.open_for(kind=Kind.STUDY, reply_id=reply.id)), None),
        waits_for_deputy=any(one.finding is Finding.EXPLAINED and one.kept_on is None for one in rating.studies),
        verdict_names=VERDICTS,
        verdict_looks=VERDICT_LOOKS,
        channel_names=CHANNELS,
        aspect_names=ASPECTS,
        finding_names=FINDINGS,
    )


@pages.post("/replies/<int:reply_id>/rating/confirmation")
@pages.post("/links/<token>/rating/confirmation")
@by_link
@allow(Role.DEPUTY, *OFFICE)
def keep(reply_id: int | None = None, **_link: str) -> Any:
    """The deputy stays dissatisfied after the explanation; the office notes it for him from paper or a call."""
    asking, form = visitor(), KeepForm()
    number = get_reply(getattr(asking, "reply_id", None) or reply_id or 0, asking).id
    if form.validate_on_submit() and obeys(form, lambda: _keep(number)):
        flash(_("Noted. The office decides again."), "ok")
        return once.done(reply_address("feedback.rating", number))
    for error in form.form_errors:
        flash(str(error), "bad")
    return redirect(reply_address("feedback.rating", number))


@pages.get("/ratings/<int:rating_id>/scan")
@allow(Role.DEPUTY, *OFFICE)
def scan(rating_id: int) -> Any:
    """The signed paper a rating was entered from."""
    rating = queries.get_rating(rating_id, visitor())
    if rating.scan is None:
        raise NotFound
    return serve(rating.scan)


def _study(rating_id: int, form: StudyForm) -> None:
    rating = queries.get_rating(rating_id, visitor())
    finding, note = Finding(form.finding.data), form.note.data or ""
    studying.study(rating, finding, note, by=visitor().actor(), on=clock.today())


def _keep(reply_id: int) -> None:
    asking = visitor()
    rating = _of_lead(reply_id)
    by = asking.actor() if asking.role is Role.DEPUTY else asking.actor().for_paper_of(rating.deputy.name)
    studying.keep(rating, by=by, on=clock.today())


def _of_lead(reply_id: int) -> Rating:
    """The lead deputy's last word on the reply; a deputy only his own.

    :raises NotFound: he has not rated it, or it is another's.
    """
    lead_id = get_reply(reply_id, visitor()).assignment.suggestion.lead_deputy_id
    rating = latest_of(reply_id, lead_id) if lead_id is not None else None
    if rating is None:
        raise NotFound
    return queries.get_rating(rating.id, visitor())
