"""What the bulletin tells the doctor and the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.bulletin import sending
from tracker.bulletin.models import Hold, HoldEnd, Issue, Reader
from tracker.bulletin.sealing import is_unaltered
from tracker.database import db
from tracker.dispatch.awaiting import NOBODY, NOTHING, Awaited, in_columns, waits
from tracker.errors import N_
from tracker.roles import OFFICE
from tracker.stage import Harm, Problem, Visitor, Waiting
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

HELD = N_("Letters of a bulletin held back")


def problems() -> Iterable[Problem]:
    """Issues whose words are no longer those that were sealed, and readers whose letter was never written."""
    for issue in db.session.scalars(sa.select(Issue).order_by(Issue.id)).all():
        if not is_unaltered(issue):
            yield Problem(
                "bulletin_altered", N_("The issue %(week)s no longer says what was frozen."), {"week": issue.week}
            )
    unwritten = (
        sa.select(Issue.week, sa.func.count())
        .join(Reader, Reader.issue_id == Issue.id)
        .where(Reader.letter_id.is_(None), ~_held(Issue))
        .group_by(Issue.week)
        .order_by(Issue.week)
    )
    for week, count in db.session.execute(unwritten):
        values = {"week": week, "count": count}
        yield Problem("bulletin_unsent", N_("%(count)s readers of the issue %(week)s have no letter yet."), values)
    for week in sending.not_made(clock.now()):
        yield Problem("bulletin_late", N_("The issue %(week)s is not made, and its time is over."), {"week": week})
    for hold in sending.held():
        values = {"week": hold.week, "name": hold.by_name, "reason": hold.reason}
        yield Problem("bulletin_held", N_("%(name)s holds the letters of %(week)s back: %(reason)s"), values)


def awaited(visitor: Visitor) -> Iterable[Awaited]:
    """To the office: an issue whose letters are held back."""
    if visitor.role in OFFICE:
        yield Awaited(HELD, _held_back, _page, _line)


@cache
def _held_back(who: Anyone) -> sa.Select[Any]:
    wanted = sa.select(Hold).outerjoin(Suggestion, sa.false()).order_by(Hold.week)
    mine = wanted.where(Hold.congress_id == who.congress_id, Hold.ended.is_(None))
    return in_columns(mine, Hold.id, since_on=NOTHING, title=Hold.week, body=NOBODY)


def _page() -> str:
    return url_for("bulletin.arrangements")


def _line(row: Any, _today: date) -> Waiting:
    return waits(HELD, row, _page(), Harm.TO_DECIDE.after(0))


def _held(issue: type[Issue]) -> sa.ColumnElement[bool]:
    """Held back, or dropped: its readers get no letter, and the office knows."""
    same = sa.and_(Hold.congress_id == issue.congress_id, Hold.week == issue.week)
    stays = sa.or_(Hold.ended.is_(None), Hold.ended == HoldEnd.DROPPED)
    return sa.select(Hold.id).where(same, stays).exists()
