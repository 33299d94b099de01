"""The body answers a notice, and the office judges the answer: it is enough, or the office asks again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.files.models import File
from tracker.notices import rules
from tracker.notices.actions.drafting import draft_again
from tracker.notices.models import Finding, Notice, NoticeAnswer, NoticeFile
from tracker.notices.queries import live_items, number_of
from tracker.suggestion.actions import make


def answer(
    notice: Notice, text: str, measures: str, until_on: date | None, *, by: Actor, on: date, files: Sequence[File] = ()
) -> NoticeAnswer:
    """The body answers: how it came so, what it does now, and by when.

    :raises RuleBroken: it is not to be answered (any more), or something is missing.
    """
    if not notice.is_running or notice.answer is not None:
        raise RuleBroken(N_("This notice is not to be answered any more."))
    if notice.issued_on is not None and on < notice.issued_on:
        raise RuleBroken(
            N_("It cannot have been answered before it was issued, on %(day)s."), day=str(notice.issued_on)
        )
    rules.must_be_an_answer(text, measures, until_on)
    made = NoticeAnswer(
        notice=notice,
        on=on,
        text=text.strip(),
        measures=measures.strip(),
        until_on=until_on,
        by_name=by.name,
        on_behalf_of=by.on_behalf_of or "",
    )
    db.session.add(made)
    db.session.flush()
    db.session.add_all([NoticeFile(answer_id=made.id, file_id=file.id) for file in files])
    for item in live_items(notice):
        make("answer_notice", item.suggestion, item.assignment, by=by, on=on, number=number_of(notice))
    db.session.flush()
    return made


def judge(notice: Notice, finding: Finding, note: str, *, answer_by_on: date, by: Actor, on: date) -> Notice | None:
    """The office closes it: the answer is enough, or it asks again. Answers the draft that asks again, if any.

    What was answered in time by the reply itself is not asked again.

    :raises RuleBroken: it is not open, or a reason is missing.
    """
    if not notice.is_running:
        raise RuleBroken(N_("This notice is closed already."))
    rules.must_be_a_finding(finding, note, notice.answer is not None)
    notice.finding, notice.found_on, notice.found_by, notice.found_note = finding, on, by.name, note.strip()
    facts = {"number": number_of(notice), "enough": finding is Finding.SATISFIED}
    for item in live_items(notice):
        make("find_notice", item.suggestion, item.assignment, by=by, on=on, **facts)
    return draft_again(notice, answer_by_on, by=by, on=on) if finding is Finding.NOT_ENOUGH else None
