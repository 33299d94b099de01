"""What people do with a weekly issue: a leader writes on it, and the office corrects what it said wrongly."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.bulletin import actions as bulletin
from tracker.bulletin.models import Hold, Issue
from tracker.bulletin.queries import find_issue
from tracker.bulletin.rules import week_of
from tracker.database import db
from tracker.demo import trial
from tracker.demo.settling import Town
from tracker.supervision import actions as supervision
from tracker.supervision.rules import OFFICE

LEADER = "沈守正"
INSTRUCTED, CORRECTED = 2, 3  # the issues by their order, without those made on trial
WORDS = "本期所列超期建议，请代表工委逐件约商承办单位，限期答复，下周报结果。"


def follow(town: Town, day: date) -> None:
    """On the day an issue is made."""
    issue = find_issue(week_of(day), town.congress.id)
    if issue is None or issue.issued_on != day:
        return
    place = _place(issue)
    if place == INSTRUCTED:
        by = town.clerk.for_paper_of(LEADER)
        about: dict[str, Any] = {
            "congress_id": town.congress.id,
            "bulletin": issue.week,
            "due_on": day + timedelta(days=7),
        }
        supervision.instruct([], LEADER, WORDS, [OFFICE], by=by, on=day, **about)
    if place == CORRECTED:
        bulletin.correct(issue, _correction(issue), by=town.clerk, on=day, at=clock.now())
    db.session.flush()


def _place(issue: Issue) -> int:
    """The how manieth it is; those made on trial do not count."""
    on_trial = sa.select(Hold.week).where(Hold.reason == trial.REASON)
    counted = sa.select(sa.func.count(Issue.id)).where(Issue.number <= issue.number, Issue.week.not_in(on_trial))
    return db.session.scalar(counted) or 0


def _correction(issue: Issue) -> str:
    first = next(islice(issue.items, 1))
    number = first["number"] or "编号待定"
    return f"本期清单第{first['no']}条（{number}）系与另一单位分别办理，应注明“本单位办理部分”，特此更正。"
