"""One notice: its draft, what was issued, the body's answer (by account or mailed link), and what the office finds."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.files import store
from tracker.notices import actions, queries
from tracker.notices.drafted import fill
from tracker.notices.forms import AnswerForm, DraftForm, FindingForm, WithdrawalForm
from tracker.notices.models import Finding, Notice
from tracker.notices.queries import SIGNED_AS, digest_of, live_items, state_of
from tracker.notices.record import records
from tracker.notices.views import READERS, WORDS, notice_address, pages
from tracker.notices.views.ledger import answer_day
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE
from tracker.signing.acting import decide, drafted, say
from tracker.web import once
from tracker.web.forms import OfficeForm, obeys
from tracker.web.gate import allow, by_link
from tracker.workdays import queries as workdays

BOTH = ["GET", "POST"]


@pages.get("/notices/<int:notice_id>")
@pages.get("/links/<token>/supervision")
@by_link
@allow(*READERS)
def notice(notice_id: int | None = None, **_link: str) -> str:
    return _page(notice_id)


@pages.route("/notices/<int:notice_id>/draft", methods=BOTH)
@allow(*OFFICE)
def draft(notice_id: int) -> Any:
    """The clerk's text: kept as a draft, or issued (at once, or laid into the folder)."""
    if not queries.get_notice(notice_id, visitor()).is_draft:
        raise NotFound
    form = DraftForm()
    if form.validate_on_submit():
        done: list[bool] = []
        is_issued = request.form.get("act") == "issue"
        if obeys(form, lambda: done.append(_issue(form, notice_id) if is_issued else _rewrite(form, notice_id))):
            say(done[0], _("The notice is issued.") if is_issued else _("Saved."))
            return once.done(url_for("notices.notice", notice_id=notice_id))
    found, paper = queries.get_notice(notice_id, visitor()), drafted(SIGNED_AS, notice_id)
    other = found if form.is_submitted() and form.version.data != found.version else None
    form.version.data, form.version.raw_data = found.version, None  # who reads on saves over what he has now seen
    if not form.is_submitted():
        form.text.data, form.answer_by_on.data, form.copies_to.data = found.text, found.answer_by_on, found.copies_to
        if paper is not None:
            fill(form, paper.facts)
    facts = {"form": form, "notice": found, "other": other, "drafted": paper, "rows": _rows(found)}
    return render_template("notices/draft.html", **facts, **WORDS)


@pages.post("/notices/<int:notice_id>/answer")
@pages.post("/links/<token>/supervision/answer")
@by_link
@allow(*BODY)
def answer(notice_id: int | None = None, **_link: str) -> Any:
    """Whoever was quicker is told to who comes after him, with the text kept."""
    form, number = AnswerForm(), queries.get_notice(notice_id, visitor()).id
    if form.validate_on_submit() and obeys(form, lambda: _answer(form, notice_id)):
        form.remember_name()
        flash(_("Your answer is with the office. Thank you."), "ok")
        return once.done(notice_address("notices.notice", number))
    return _page(notice_id, answer=form)


@pages.post("/notices/<int:notice_id>/finding")
@allow(*OFFICE)
def judge(notice_id: int) -> Any:
    form, again = FindingForm(), [0]
    if form.validate_on_submit() and obeys(form, lambda: again.append(_judge(form, notice_id))):
        if again[-1]:
            flash(_("Closed. The notice that asks again is drafted."), "ok")
            return once.done(url_for("notices.draft", notice_id=again[-1]))
        flash(_("The notice is closed."), "ok")
        return once.done(url_for("notices.notice", notice_id=notice_id))
    return _page(notice_id, finding=form)


@pages.post("/notices/<int:notice_id>/withdrawal")
@allow(*OFFICE)
def withdraw(notice_id: int) -> Any:
    form = WithdrawalForm()
    if form.validate_on_submit() and obeys(form, lambda: _withdraw(form, notice_id)):
        flash(_("It is withdrawn."), "ok")
        return once.done(url_for("notices.notice", notice_id=notice_id))
    return _page(notice_id, withdrawal=form)


@pages.get("/notices/<int:notice_id>/files/<int:kept_id>")
@pages.get("/links/<token>/supervision/files/<int:kept_id>")
@by_link
@allow(*READERS)
def file(kept_id: int, notice_id: int | None = None, **_link: str) -> Any:
    """A file of the answer; always a download."""
    found = queries.get_notice(notice_id, visitor())
    for kept in found.answer.files if found.answer else ():
        if kept.id == kept_id:
            return store.serve(kept.file)
    raise NotFound


def _page(
    notice_id: int | None,
    *,
    answer: OfficeForm | None = None,
    finding: OfficeForm | None = None,
    withdrawal: OfficeForm | None = None,
) -> str:
    asking = visitor()
    found = queries.get_notice(notice_id, asking)
    is_office = asking.role in OFFICE
    is_open = found.is_draft or found.is_running
    return render_template(
        "notices/notice.html",
        notice=found,
        state=state_of(found, clock.today()),
        rows=_rows(found),
        after=queries.asked_again_in(found) if found.finding is Finding.NOT_ENOUGH else None,
        is_sound=found.issued_on is None or digest_of(found) == found.digest,
        is_office=is_office,
        drafted=drafted(SIGNED_AS, found.id) if is_office and found.is_draft else None,
        answer=answer or (AnswerForm() if queries.may_answer(found, asking) else None),
        finding=finding or (FindingForm() if is_office and found.is_running else None),
        withdrawal=withdrawal or (WithdrawalForm() if is_office and is_open else None),
        **WORDS,
    )


def _rows(found: Notice) -> list[tuple[Any, dict[str, Any]]]:
    """Each item with its record: as it was issued, or of a draft as it is today."""
    items = live_items(found) or found.items
    if found.issued_on is not None:
        return [(one, one.record) for one in items]
    told = records(items, workdays.calendar(found.congress_id), on=clock.today())
    return list(zip(items, told, strict=True))


def _facts(form: DraftForm) -> dict[str, Any]:
    return {
        "text": form.text.data,
        "answer_by_on": form.answer_by_on.data.isoformat(),
        "copies_to": form.copies_to.data or "",
    }


def _rewrite(form: DraftForm, notice_id: int) -> bool:
    found = queries.get_notice(notice_id, visitor())
    actions.must_be_as_opened(found, form.version.data)
    actions.rewrite(found, form.text.data, form.answer_by_on.data, form.copies_to.data or "")
    return True


def _issue(form: DraftForm, notice_id: int) -> bool:
    found = queries.get_notice(notice_id, visitor())
    actions.must_be_as_opened(found, form.version.data)
    items = live_items(found)
    only_id = items[0].suggestion_id if len({one.suggestion_id for one in items}) == 1 else None
    return decide(SIGNED_AS, notice_id, _facts(form), only_id)


def _answer(form: AnswerForm, notice_id: int | None) -> None:
    found, by = queries.get_notice(notice_id, visitor()), visitor().actor()
    files = [store.keep(upload, by=by, at=clock.now()) for upload in form.files.data or [] if upload]
    said = (form.text.data, form.measures.data, form.until_on.data)
    actions.answer(found, *said, by=by, on=clock.today(), files=files)


def _judge(form: FindingForm, notice_id: int) -> int:
    found, on = queries.get_notice(notice_id, visitor()), clock.today()
    facts = {"answer_by_on": answer_day(on), "by": visitor().actor(), "on": on}
    again = actions.judge(found, Finding(form.finding.data), form.note.data or "", **facts)
    return again.id if again else 0


def _withdraw(form: WithdrawalForm, notice_id: int) -> None:
    found = queries.get_notice(notice_id, visitor())
    actions.withdraw(found, form.reason.data or "", by=visitor().actor(), on=clock.today())
