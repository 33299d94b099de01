"""What the bulletin tells the doctor and the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker import clock
from tracker.bulletin import sending
from tracker.bulletin.models import Hold, HoldEnd, Issue, Reader
from tracker.bulletin.rules import week_of
from tracker.bulletin.sealing import is_unaltered
from tracker.database import db
from tracker.dispatch.awaiting import NOBODY, NOTHING, Awaited, in_columns, waits
from tracker.errors import N_
from tracker.roles import OFFICE, Role
from tracker.stage import Harm, Problem, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Congress
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import Lists, is_empty
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

HELD, NOT_MADE = N_("Letters of a bulletin held back"), N_("Bulletins not made in time")
AFTERWARDS = N_("Letters of %(week)s wait: the issue was made after its week. Send them or drop them.")
SEE_IT = (*OFFICE, Role.ADMIN)


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
        if not hold.reason:
            yield Problem("bulletin_held", AFTERWARDS, {"week": hold.week})
            continue
        yield Problem("bulletin_held", N_("%(name)s holds the letters of %(week)s back: %(reason)s"), values)


def lists(visitor: Visitor, today: date) -> Lists:
    """Whether an office chose a time of its own, and this week's issue is not made."""
    return {_unmade: sending.days_of(week_of(today))} if visitor.role in SEE_IT else {}


def waiting(visitor: Visitor, _today: date) -> Iterable[WaitingGroup]:
    """To office and administrator: an issue that is not made hours after the time its office chose."""
    if visitor.role not in SEE_IT or is_empty(_unmade):
        return
    if weeks := sending.not_made(clock.now(), visitor.congress_id):
        page = url_for("schedule.index" if visitor.role is Role.ADMIN else "bulletin.index")
        said = [_("The issue %(week)s is not made, and its time is over.", week=week) for week in weeks]
        rows = tuple(Waiting(NOT_MADE, page, "", one, harm=Harm.REPLY_LATE.after(0)) for one in said)
        yield WaitingGroup(NOT_MADE, len(weeks), page, rows)


@cache
def _unmade(who: Anyone) -> sa.Select[Any]:
    made = sa.select(Issue.id).where(
        Issue.congress_id == Congress.id, Issue.week == sa.bindparam("week", type_=sa.String)
    )
    own = Congress.id == who.congress_id if who.congress_id is not None else sa.true()
    return sending.OWN_TIME.where(own, ~made.exists())


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
