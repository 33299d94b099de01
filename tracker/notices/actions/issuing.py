"""A person issues a notice: it is numbered, frozen with the record of its items, and mailed."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.notices import letters, rules
from tracker.notices.actions.drafting import must_be_draft
from tracker.notices.actions.ending import drop_fallen
from tracker.notices.models import Notice
from tracker.notices.queries import digest_of, live_items, number_of
from tracker.notices.record import records
from tracker.structure.models import Congress
from tracker.structure.on_paper import office_on_paper
from tracker.suggestion.actions import make
from tracker.workdays import queries as workdays


def issue(notice: Notice, *, by: Actor, on: date) -> Notice:
    """A person issues it: it gets its number, is frozen with the record of each item, and is mailed.

    Items whose clock was met meanwhile are dropped first. Numbers are without gaps in each congress, kind and year.

    :raises RuleBroken: it is a draft no more, says nothing, gives no time, or all its clocks were met.
    """
    must_be_draft(notice)
    rules.must_be_issuable(notice.text, notice.answer_by_on, on)
    drop_fallen(notice, by=by, on=on)
    items = live_items(notice)
    if not items:
        raise RuleBroken(N_("Nothing is left to ask: every clock of this draft was met or moved."))
    congress = db.session.get_one(Congress, notice.congress_id)
    for item, record in zip(items, records(items, workdays.calendar(congress.id), on=on), strict=True):
        item.record = record
    notice.issued_on, notice.issued_by = on, by.name
    notice.year, notice.number = on.year, _next_number(notice, on.year)
    notice.addressee, notice.sender = notice.body.name, office_on_paper(congress)
    notice.digest = digest_of(notice)
    facts = {"number": number_of(notice), "answer_by": notice.answer_by_on.isoformat()}
    for item in items:
        make("issue_notice", item.suggestion, item.assignment, by=by, on=on, **facts)
    db.session.flush()
    letters.issued(notice, on=on)
    return notice


def _next_number(notice: Notice, year: int) -> int:
    """The next one; two who issue at the same moment get two (SQLite has one writer anyway)."""
    row = sa.select(Congress.id).where(Congress.id == notice.congress_id)
    db.session.execute(row.with_for_update(key_share=True))
    of_year = sa.select(sa.func.max(Notice.number)).where(
        Notice.congress_id == notice.congress_id, Notice.kind == notice.kind, Notice.year == year
    )
    return (db.session.scalar(of_year) or 0) + 1
