"""The opinion form on paper, and the signed one taken back in on behalf of the deputy."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.chosen import Aspect
from tracker.dispatch.clocks import law_of
from tracker.errors import N_, NotFound, RuleBroken
from tracker.feedback import actions, papers, queries
from tracker.feedback.forms import SignedRatingForm
from tracker.feedback.models import COLUMNS, RatingChannel
from tracker.feedback.versions import latest_of
from tracker.feedback.views import delivered_reply, pages
from tracker.files.store import keep
from tracker.handling.addresses import reply_address
from tracker.handling.models import Reply
from tracker.paper.actions import keep_scan
from tracker.paper.models import Paper, PaperKind
from tracker.paper.names import KINDS
from tracker.paper.printing import Order, answer
from tracker.paper.queries import get_paper
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.structure.models import Deputy
from tracker.structure.queries import get_deputy, the_congress
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link

__all__ = ["pages"]
BOTH = ["GET", "POST"]


@pages.route("/replies/<int:reply_id>/opinion-forms/<int:deputy_id>", methods=BOTH)
@pages.route("/links/<token>/opinion-forms/<int:deputy_id>", methods=BOTH)
@by_link
@allow(Role.DEPUTY, *OFFICE)
def opinion_form(deputy_id: int, reply_id: int | None = None, **_link: str) -> Any:
    """The form for one deputy, in duplicate; a deputy prints his own and no other."""
    found = delivered_reply(reply_id)
    deputy = _whose(found, deputy_id)
    congress = the_congress(found.assignment.congress_id)
    reached_on = next((one.on for one in found.deliveries if one.deputy_id == deputy.id), None)
    order = Order(
        [papers.opinion_paper(found, deputy)],
        lambda: papers.opinion_form(found, deputy, congress, reached_on=reached_on),
        f"征询意见表 {found.assignment.suggestion.number or found.id} {deputy.name}",
        copies=len(papers.COPIES),
    )
    return answer(order, where=reply_address("feedback.opinion_form", found.id, deputy_id=deputy_id))


def _whose(found: Reply, deputy_id: int) -> Deputy:
    asking = visitor()
    able = {one.id: one for one in queries.may_judge(found)}
    if asking.role is Role.DEPUTY:
        own_id = asking.deputy_id
        if own_id is None or queries.signing_card(found, own_id).id != deputy_id:
            raise NotFound
    if deputy_id not in able:
        raise NotFound
    return able[deputy_id]


@pages.route("/papers/<code>/rating", methods=BOTH)
@allow(*OFFICE)
def take_rating(code: str) -> Any:
    """A signed opinion form: entered on behalf of the deputy, marked as such, with the scan."""
    form = _form(code)
    if form.validate_on_submit() and obeys(form, lambda: _take(code, form)):
        flash(_("The rating is entered, with the signed form."), "ok")
        return once.done(url_for("feedback.take_rating", code=code))
    paper, found, deputy = _paper(code)
    return render_template(
        "feedback/take_rating.html",
        form=form,
        aspects=[form[COLUMNS[aspect]] for aspect in form.asked],
        paper=paper,
        kinds=KINDS,
        reply=found,
        deputy=deputy,
        is_open=deputy.id in {one.id for one in queries.may_judge(found)},
    )


def _form(code: str) -> SignedRatingForm:
    """What the congress asks; why the deputy changes his mind only where he has rated before."""
    _printed, found, deputy = _paper(code)
    has_rated = latest_of(found.id, deputy.id) is not None
    return SignedRatingForm(on=clock.today(), asked=law_of(found.assignment).rules.rates, may_change=has_rated)


def _paper(code: str) -> tuple[Paper, Reply, Deputy]:
    paper = get_paper(code, visitor(), PaperKind.OPINION_FORM)
    return paper, delivered_reply(paper.about_id), get_deputy(paper.whose_id, visitor().congress_id)


def _take(code: str, form: SignedRatingForm) -> None:
    paper, found, deputy = _paper(code)
    by, at, on = visitor().actor(), clock.now(), form.on.data
    if on > clock.today():
        raise RuleBroken(N_("The day %(day)s lies in the future."), day=on.isoformat())
    said, files = form.said(), [keep(upload, by=by, at=at) for upload in form.uploads]
    rating = actions.rate(
        found,
        deputy,
        said[Aspect.ATTITUDE],
        said[Aspect.RESULT],
        form.comment.data or "",
        channel=RatingChannel.PAPER,
        by=by.for_paper_of(deputy.name),
        on=on,
        further=said,
        reason=form.reasoned(),
        scan=files[0],
        renewed_on=clock.today(),
    )
    for file in files:
        keep_scan(paper, file, became="rating", became_id=rating.id, by=by, at=at)
