"""A hand-over on its page, its letters and lists on paper, and the signed slip taken back in."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.dispatch import acts, papers, queries
from tracker.dispatch.actions.paper_receipts import sign_for_paper
from tracker.dispatch.desk import PART_NAMES
from tracker.dispatch.forms import PaperReceiptForm
from tracker.dispatch.models import Assignment
from tracker.dispatch.views import pages
from tracker.errors import NotFound
from tracker.files.store import keep
from tracker.paper.actions import keep_scan
from tracker.paper.models import Paper, PaperKind
from tracker.paper.names import KINDS
from tracker.paper.printing import Order, answer
from tracker.paper.queries import get_paper
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.structure.queries import get_body, the_congress
from tracker.suggestion.journey import Standing
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow

__all__ = ["pages"]
BOTH = ["GET", "POST"]


@pages.get("/hand-overs/<int:hand_over_id>")
@allow(*OFFICE)
def act(hand_over_id: int) -> str:
    """What one act gave to each body, with everything that can be printed of it."""
    found = acts.get_act(hand_over_id, visitor())
    assigned = acts.given(found)
    return render_template(
        "dispatch/act.html",
        act=found,
        bodies=acts.by_body(assigned),
        items=len({one.suggestion_id for one in assigned}),
        waits=Standing.ASSIGNED,
    )


@pages.route("/hand-overs/<int:hand_over_id>/letters", methods=BOTH)
@allow(*OFFICE)
def letters(hand_over_id: int) -> Any:
    """The letters to all bodies: one PDF, or one .zip of Word files."""
    found = acts.get_act(hand_over_id, visitor())
    assigned = acts.given(found)
    order = Order(
        [papers.notice_paper(found, body) for body in acts.by_body(assigned)],
        lambda: papers.notices(the_congress(found.congress_id), found, assigned),
        f"交办通知 {found.document_number or found.on.isoformat()}",
    )
    return answer(order, where=url_for("dispatch.letters", hand_over_id=hand_over_id))


@pages.route("/hand-overs/<int:hand_over_id>/list", methods=BOTH)
@allow(*OFFICE)
def whole_list(hand_over_id: int) -> Any:
    """The list of all that was handed over."""
    found = acts.get_act(hand_over_id, visitor())
    order = Order(
        [papers.list_paper(found)],
        lambda: [papers.whole_list(the_congress(found.congress_id), found, acts.given(found))],
        f"交办清单 {found.document_number or found.on.isoformat()}",
    )
    return answer(order, where=url_for("dispatch.whole_list", hand_over_id=hand_over_id))


@pages.route("/hand-overs/<int:hand_over_id>/bodies/<int:body_id>/letter", methods=BOTH)
@allow(*OFFICE, *BODY, Role.HUB)
def letter_to_body(hand_over_id: int, body_id: int) -> Any:
    """The letter to one body; a body prints its own and no other."""
    found = acts.get_act(hand_over_id, visitor(), body_id)
    body, own = get_body(body_id, found.congress_id), acts.given(found, body_id)
    order = Order(
        [papers.notice_paper(found, body)],
        lambda: papers.notices(the_congress(found.congress_id), found, own),
        f"交办通知 {body.name}",
    )
    return answer(order, where=url_for("dispatch.letter_to_body", hand_over_id=hand_over_id, body_id=body_id))


@pages.route("/hand-overs/<int:hand_over_id>/bodies/<int:body_id>/list", methods=BOTH)
@allow(*OFFICE, *BODY, Role.HUB)
def list_of_body(hand_over_id: int, body_id: int) -> Any:
    """What one body was given, as a list."""
    found = acts.get_act(hand_over_id, visitor(), body_id)
    body, own = get_body(body_id, found.congress_id), acts.given(found, body_id)
    order = Order(
        [papers.list_paper(found, body)],
        lambda: [papers.list_of_body(the_congress(found.congress_id), found, own)],
        f"交办清单 {body.name}",
    )
    return answer(order, where=url_for("dispatch.list_of_body", hand_over_id=hand_over_id, body_id=body_id))


@pages.route("/returns/<int:return_id>/letter", methods=BOTH)
@allow(*OFFICE, Role.HUB)
def return_letter(return_id: int) -> Any:
    """What was decided of a return, as a letter to the body; by whoever decides it."""
    asked = queries.get_return(return_id, visitor())
    if asked.granted is None:
        raise NotFound
    congress = the_congress(asked.assignment.congress_id)
    order = Order(
        [papers.return_paper(asked)],
        lambda: [papers.return_letter(congress, asked)],
        f"退办复函 {asked.assignment.suggestion.number or asked.id}",
    )
    return answer(order, where=url_for("dispatch.return_letter", return_id=return_id))


@pages.route("/papers/<code>/receipt", methods=BOTH)
@allow(*OFFICE)
def take_receipt(code: str) -> Any:
    """The slip of a letter or list came back signed: the body has received what stands on it."""
    form = PaperReceiptForm(on=clock.today())
    if form.validate_on_submit() and obeys(form, lambda: _take(code, form)):
        flash(_("The receipt is noted, with the signed paper."), "ok")
        return once.done(url_for("dispatch.take_receipt", code=code))
    paper = _paper(code)
    own = _named_on(paper)
    return render_template(
        "dispatch/take_receipt.html",
        form=form,
        paper=paper,
        own=own,
        kinds=KINDS,
        part_names=PART_NAMES,
        is_open=any(one.standing is Standing.ASSIGNED for one in own),
    )


def _take(code: str, form: PaperReceiptForm) -> None:
    paper, by, at = _paper(code), visitor().actor(), clock.now()
    own = _named_on(paper)
    sign_for_paper(own, form.name.data or "", by=by, on=form.on.data)
    for upload in form.uploads:
        file = keep(upload, by=by, at=at)
        keep_scan(paper, file, became="receipt", became_id=own[0].id, by=by, at=at)


def _paper(code: str) -> Paper:
    return get_paper(code, visitor(), PaperKind.NOTICE, PaperKind.LIST)


def _named_on(paper: Paper) -> list[Assignment]:
    """What a letter or a list names; the list of a whole act is signed by nobody."""
    if paper.about == "assignment":
        return [queries.get_assignment(paper.about_id, visitor())]
    found = acts.get_act(paper.about_id, visitor())
    if not paper.whose_id:
        return []
    try:
        return acts.given(found, paper.whose_id)
    except NotFound:  # all of it was returned or recalled meanwhile
        return []
