"""When an issue is made, in which weeks there is none, and whether its letters may go: asked here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.bulletin.models import Habit, Hold, HoldEnd, Issue, Quiet, Reader
from tracker.bulletin.rules import issue_day, monday_of, week_after, week_of, weeks_between
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.structure.models import Congress
from tracker.workdays import queries as workdays

FIRST_WORKING_DAY, EIGHT = 1, time(8)
MOST_TOLD = 60
LOOK_AHEAD_WEEKS = 26
PATIENCE = timedelta(hours=4)


@dataclass(frozen=True)
class Turn:
    """The issue of one week: the day and the time at which it is made, and the reason why it is not."""

    week: str
    on: date | None
    at: time
    quiet: Quiet | None

    @property
    def has_issue(self) -> bool:
        return self.on is not None and self.quiet is None

    def is_due(self, today: date) -> bool:
        """Whether its time has come; on an earlier day that is looked back at, the whole day has."""
        if self.on is None or today < self.on:
            return False
        now = clock.local(clock.now())
        return today > self.on or now.date() != today or now.time() >= self.at


def habit(congress_id: int | None) -> tuple[int, time]:
    """The working day of the week and the time of day; the first one, at eight, where the office said nothing."""
    found = db.session.get(Habit, congress_id) if congress_id is not None else None
    return (found.working_day, found.at) if found is not None else (FIRST_WORKING_DAY, EIGHT)


def turn(week: str, congress_id: int) -> Turn:
    """:raises RuleBroken: there is no such week."""
    working_day, at = habit(congress_id)
    on = issue_day(week, workdays.calendar(congress_id), working_day)
    return Turn(week, on, at, quiet_in(week, congress_id))


def quiet_in(week: str, congress_id: int) -> Quiet | None:
    """What keeps the issue of a week back, if anything does."""
    wanted = sa.select(Quiet).where(_stands(congress_id), Quiet.from_week <= week, Quiet.until_week >= week)
    return db.session.scalar(wanted.order_by(Quiet.id).limit(1))


def quiet_weeks(congress_id: int | None) -> list[Quiet]:
    """All that were ever named, the latest first."""
    wanted = sa.select(Quiet).where(Quiet.congress_id == congress_id).order_by(Quiet.from_week.desc(), Quiet.id)
    return list(db.session.scalars(wanted))


def without_issue(last_week: str, week: str, congress_id: int) -> list[dict[str, str]]:
    """The weeks since the last issue in which there was none, and why: named quiet, all holiday, or missed."""
    skipped = weeks_between(last_week, week)[-MOST_TOLD:]
    if not skipped:
        return []
    calendar = workdays.calendar(congress_id)
    named = db.session.scalars(sa.select(Quiet).where(_stands(congress_id), Quiet.until_week >= skipped[0])).all()
    found: list[dict[str, str]] = []
    for one in skipped:
        said = next((quiet.reason for quiet in named if quiet.from_week <= one <= quiet.until_week), "")
        kind = "quiet" if said else "holiday" if issue_day(one, calendar) is None else "missed"
        if found and (found[-1]["kind"], found[-1]["reason"]) == (kind, said):
            found[-1]["until"] = one
        else:
            found.append({"kind": kind, "from": one, "until": one, "reason": said})
    return found


def hold_of(week: str, congress_id: int) -> Hold | None:
    return db.session.scalar(sa.select(Hold).where(Hold.congress_id == congress_id, Hold.week == week))


def holds(congress_id: int) -> list[Hold]:
    """All that were ever held back, the latest first."""
    return list(db.session.scalars(sa.select(Hold).where(Hold.congress_id == congress_id).order_by(Hold.week.desc())))


def get_hold(hold_id: int, congress_id: int) -> Hold:
    """:raises NotFound: there is none in this congress."""
    found = db.session.scalar(sa.select(Hold).where(Hold.congress_id == congress_id, Hold.id == hold_id))
    if found is None:
        raise NotFound
    return found


def get_quiet(quiet_id: int, congress_id: int) -> Quiet:
    """:raises NotFound: there is none in this congress."""
    found = db.session.scalar(sa.select(Quiet).where(Quiet.congress_id == congress_id, Quiet.id == quiet_id))
    if found is None:
        raise NotFound
    return found


def may_go(week: str, congress_id: int) -> bool:
    """Whether the letters of an issue may be written: nobody holds it back, nor has dropped it."""
    hold = hold_of(week, congress_id)
    return hold is None or hold.ended is HoldEnd.RELEASED


def is_unwritten(week: str, congress_id: int) -> bool:
    """Whether a week's issue is not made, or letters of it are to be written."""
    issue_id = db.session.scalar(sa.select(Issue.id).where(Issue.congress_id == congress_id, Issue.week == week))
    if issue_id is None:
        return True
    unwritten = sa.select(Reader.id).where(Reader.issue_id == issue_id, Reader.letter_id.is_(None))
    return bool(db.session.scalar(sa.select(unwritten.exists()))) and may_go(week, congress_id)


def has_handed_over(congress_id: int) -> bool:
    """Whether there is anything an issue could tell of."""
    return bool(db.session.scalar(sa.select(Assignment.id).where(Assignment.congress_id == congress_id).limit(1)))


def not_made(now: datetime, own_id: int | None = None) -> list[str]:
    """Weeks whose issue an office wanted hours ago, at a time of its own, and that is not made (of one congress, if it
    is named); the weekly bell's own are missed by the timetable.
    """
    before = clock.local(now - PATIENCE)
    found = []
    for congress_id in at_their_own_time(before.date()):
        if own_id not in (None, congress_id):
            continue
        one = turn(week_of(before.date()), congress_id)
        known = sa.select(Issue.id).where(Issue.congress_id == congress_id, Issue.week == one.week)
        wanted = one.on is not None and datetime.combine(one.on, one.at, before.tzinfo) <= before
        if wanted and one.has_issue and has_handed_over(congress_id) and db.session.scalar(known) is None:
            found.append(one.week)
    return found


def released_unwritten() -> list[int]:
    """Issues that were held and released, and whose letters are not written yet."""
    unwritten = sa.and_(Reader.issue_id == Issue.id, Reader.letter_id.is_(None))
    same = sa.and_(Hold.congress_id == Issue.congress_id, Hold.week == Issue.week, Hold.ended == HoldEnd.RELEASED)
    wanted = sa.select(Issue.id).join(Hold, same).where(sa.select(Reader.id).where(unwritten).exists())
    return list(db.session.scalars(wanted.order_by(Issue.id)))


def held() -> Sequence[Any]:
    """Week, reason, who and since when, of what is held back now."""
    return db.session.scalars(sa.select(Hold).where(Hold.ended.is_(None)).order_by(Hold.week)).all()


def at_their_own_time(today: date) -> list[int]:
    """Congresses whose issue the bell of the first working day at eight does not make: their office chose another time,
    or changed this week its time or its weeks without an issue, for which the bell may have rung already.
    """
    return sorted(db.session.scalars(OWN_TIME, days_of(week_of(today))))


def days_of(week: str) -> dict[str, Any]:
    """The values `OWN_TIME` is run with."""
    return {"week": week, "monday": monday_of(week), "week_before": week_after(week, -1)}


def _stands(congress_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(Quiet.congress_id == congress_id, Quiet.lifted_on.is_(None))


_MONDAY: Any = sa.bindparam("monday", type_=sa.Date)
_OTHER = sa.or_(Habit.working_day != FIRST_WORKING_DAY, Habit.at != EIGHT, Habit.changed_on >= _MONDAY)
_BEGUN = sa.and_(Quiet.lifted_by != "", Quiet.until_week == sa.bindparam("week_before", type_=sa.String))
_LIFTED = sa.select(Quiet.congress_id).where(sa.or_(_BEGUN, Quiet.lifted_on >= _MONDAY))
OWN_TIME = sa.select(Congress.id).where(
    sa.or_(Congress.id.in_(sa.select(Habit.congress_id).where(_OTHER)), Congress.id.in_(_LIFTED))
)
