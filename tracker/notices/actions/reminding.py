"""A body that did not answer a notice by its day is reminded, once."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.notices import letters, queries
from tracker.notices.models import Notice, OverdueNotice
from tracker.notices.queries import live_items, number_of
from tracker.notices.rules import State
from tracker.suggestion.actions import make
from tracker.workdays import queries as workdays
from tracker.workdays.rules import is_working_day


def remind(congress_id: int, *, on: date, by: Actor = SYSTEM) -> int:
    """Remind every body that has not answered a notice by its day, on working days; answers how many notices.

    Found by state: a week without a run reminds late, and nobody twice.
    """
    if not is_working_day(on, workdays.calendar(congress_id)):
        return 0
    was_reminded = sa.select(OverdueNotice.notice_id).where(OverdueNotice.notice_id == Notice.id).exists()
    late = sa.and_(Notice.congress_id == congress_id, queries.in_state(State.OVERDUE, on), sa.not_(was_reminded))
    found = list(db.session.scalars(sa.select(Notice.id).where(late).order_by(Notice.id)))
    for notice_id in found:
        _remind(queries.of_id(notice_id), by=by, on=on)
    return len(found)


def _remind(notice: Notice, *, by: Actor, on: date) -> None:
    db.session.add(OverdueNotice(notice_id=notice.id, on=on))
    facts = {"number": number_of(notice), "answer_by": notice.answer_by_on.isoformat()}
    for item in live_items(notice):
        make("remind_notice", item.suggestion, item.assignment, by=by, on=on, **facts)
    db.session.flush()
    letters.overdue(notice, on=on)
