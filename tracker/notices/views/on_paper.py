"""An issued notice on paper, and the signed answer taken back in by its number."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import N_, NotFound, RuleBroken
from tracker.files.store import keep
from tracker.notices import actions, papers, queries
from tracker.notices.forms import PaperAnswerForm
from tracker.notices.models import Notice
from tracker.notices.queries import number_of
from tracker.notices.views import pages
from tracker.paper.actions import keep_scan
from tracker.paper.models import Paper, PaperKind
from tracker.paper.names import KINDS
from tracker.paper.printing import Order, answer, answer_draft
from tracker.paper.queries import get_paper
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.structure.queries import the_congress
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow

BOTH = ["GET", "POST"]


@pages.route("/notices/<int:notice_id>/paper", methods=BOTH)
@allow(*OFFICE, *BODY, Role.HUB)
def paper(notice_id: int) -> Any:
    """The notice as PDF or Word file; a draft is marked as one, and gets no number."""
    found = queries.get_notice(notice_id, visitor())
    congress, where = the_congress(found.congress_id), url_for("notices.paper", notice_id=notice_id)
    if found.is_draft:
        return answer_draft(
            lambda: papers.draft(congress, found, on=clock.today()), papers.file_name(found), where=where
        )
    if found.issued_on is None:
        raise NotFound
    order = Order([papers.notice_paper(found)], lambda: [papers.letter(congress, found)], papers.file_name(found))
    return answer(order, where=where)


@pages.route("/papers/<code>/notice-answer", methods=BOTH)
@allow(*OFFICE)
def take_answer(code: str) -> Any:
    """The slip of a notice came back signed: the body's answer, entered on its behalf, with the scan."""
    form = PaperAnswerForm(on=clock.today())
    if form.validate_on_submit() and obeys(form, lambda: _take(code, form)):
        flash(_("The answer is entered, with the signed paper."), "ok")
        return once.done(url_for("notices.take_answer", code=code))
    printed, found = _paper(code)
    return render_template(
        "notices/take_answer.html",
        form=form,
        paper=printed,
        kinds=KINDS,
        notice=found,
        number=number_of(found),
        is_open=found.is_running and found.answer is None,
    )


def _take(code: str, form: PaperAnswerForm) -> None:
    printed, found = _paper(code)
    by, at, on = visitor().actor(), clock.now(), form.on.data
    if on > clock.today():
        raise RuleBroken(N_("The day %(day)s lies in the future."), day=on.isoformat())
    said = (form.text.data, form.measures.data, form.until_on.data)
    made = actions.answer(found, *said, by=by.for_paper_of(form.name.data), on=on)
    for upload in form.uploads:
        keep_scan(printed, keep(upload, by=by, at=at), became="notice_answer", became_id=made.id, by=by, at=at)


def _paper(code: str) -> tuple[Paper, Notice]:
    printed = get_paper(code, visitor(), PaperKind.SUPERVISION)
    return printed, queries.get_notice(printed.about_id, visitor())
