"""What the office arranges about its bulletin: when it is made, in which weeks not, who reads it how often, whether its
letters go, and what was handed over on paper."""

from __future__ import annotations

from datetime import date, datetime, time

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.bulletin import sending
from tracker.bulletin.models import Habit, Handing, Hold, HoldEnd, Issue, Quiet, Reader, Reading, Rhythm
from tracker.bulletin.rules import monday_of, must_be_quiet_weeks, week_after, week_of
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.structure.models import Officer

MOST_WORKING_DAYS = 5


def set_habit(congress_id: int, working_day: int, at: time, *, by: Actor, on: date) -> Habit:
    """The office says on which working day of the week, and at what time, its issue is made.

    :raises RuleBroken: a week has five working days.
    """
    if not 1 <= working_day <= MOST_WORKING_DAYS:
        raise RuleBroken(N_("A week has five working days."))
    found = db.session.get(Habit, congress_id) or Habit(congress_id=congress_id)
    found.working_day, found.at, found.by_name, found.changed_on = working_day, at, by.name, on
    db.session.add(found)
    db.session.flush()
    return found


def set_rhythm(officer: Officer, rhythm: Rhythm, *, by: Actor, on: date) -> Reading:
    """An officer reads every issue, or the first of each month."""
    found = db.session.get(Reading, officer.id) or Reading(officer_id=officer.id)
    found.rhythm, found.by_name, found.changed_on = rhythm, by.name, on
    db.session.add(found)
    db.session.flush()
    return found


def be_quiet(congress_id: int, from_week: str, until_week: str, reason: str, *, by: Actor, on: date) -> Quiet:
    """No issue in these weeks: a recess, or a single week; the next issue says why.

    :raises RuleBroken: they are no weeks, nobody says why, one of them is over, or its issue is made.
    """
    must_be_quiet_weeks(from_week, until_week, reason)
    if from_week < week_of(on):
        raise RuleBroken(N_("The week %(week)s is over."), week=from_week)
    made = sa.select(Issue.week).where(Issue.congress_id == congress_id, Issue.week >= from_week)
    if week := db.session.scalar(made.where(Issue.week <= until_week).limit(1)):
        raise RuleBroken(N_("The issue of %(week)s is made already."), week=week)
    named = Quiet(
        congress_id=congress_id, from_week=from_week, until_week=until_week, reason=reason.strip(), by_name=by.name,
        entered_on=on,
    )  # fmt: skip
    db.session.add(named)
    db.session.flush()
    return named


def lift(quiet: Quiet, *, by: Actor, on: date) -> None:
    """There will be an issue after all, in the weeks that are still to come.

    :raises RuleBroken: it is lifted already, or those weeks are over.
    """
    if quiet.lifted_on is not None or quiet.until_week < week_of(on):
        raise RuleBroken(N_("This is over already."))
    if quiet.from_week < week_of(on):  # the weeks that were quiet stay so
        quiet.until_week = week_after(week_of(on), -1)
    else:
        quiet.lifted_on = on
    quiet.lifted_by = by.name
    db.session.flush()


def hold(congress_id: int, week: str, reason: str, *, by: Actor, at: datetime) -> Hold:
    """Hold the letters of a week's issue back. It is frozen all the same, at its time.

    :raises RuleBroken: there is no such week, nobody says why, it was held before, or its letters are written.
    """
    monday_of(week)
    if not reason.strip():
        raise RuleBroken(N_("Say why it is held back."))
    if sending.hold_of(week, congress_id) is not None:
        raise RuleBroken(N_("The issue of %(week)s was held back before."), week=week)
    written = sa.select(Reader.id).join(Issue, Issue.id == Reader.issue_id).where(Reader.letter_id.is_not(None))
    of_week = written.where(Issue.congress_id == congress_id, Issue.week == week)
    if db.session.scalar(sa.select(of_week.exists())):
        raise RuleBroken(N_("The letters of %(week)s are written already."), week=week)
    made = Hold(congress_id=congress_id, week=week, reason=reason.strip(), by_name=by.name, held_at=at)
    db.session.add(made)
    trace("bulletin_held", by, at=at, week=week)
    db.session.flush()
    return made


def made_afterwards(issue: Issue, *, by: Actor, at: datetime) -> Hold | None:
    """An issue was made after its week was over: its letters wait until the office lets them go or drops them. Once the
    next issue is out nobody gets one. What was held back before stays as it was decided.
    """
    if sending.hold_of(issue.week, issue.congress_id) is not None:
        return None
    made = Hold(congress_id=issue.congress_id, week=issue.week, reason="", by_name=by.name, held_at=at)
    if _next_is_out(issue.congress_id, issue.week):
        made.ended, made.ended_at, made.ended_by = HoldEnd.DROPPED, at, by.name
    db.session.add(made)
    trace("bulletin_held", by, at=at, week=issue.week)
    db.session.flush()
    return made


def end_hold(held: Hold, ended: HoldEnd, *, by: Actor, at: datetime) -> None:
    """Let the letters go, or drop them. Once the next issue is out, nobody wants the old one too: it is only dropped.

    :raises RuleBroken: this was decided before, or the next issue is out.
    """
    if held.ended is not None:
        raise RuleBroken(N_("This was decided before."))
    if ended is HoldEnd.RELEASED and _next_is_out(held.congress_id, held.week):
        raise RuleBroken(N_("The next issue is out; this one can only be dropped."))
    held.ended, held.ended_at, held.ended_by = ended, at, by.name
    trace(f"bulletin_{ended}", by, at=at, week=held.week)
    db.session.flush()


def _next_is_out(congress_id: int, week: str) -> bool:
    later = sa.select(Issue.id).where(Issue.congress_id == congress_id, Issue.week > week)
    return bool(db.session.scalar(sa.select(later.exists())))


def hand_over(reader: Reader, to_name: str, *, given_on: date, by: Actor, on: date, at: datetime) -> Handing:
    """A reader's page was given to somebody on paper; what was noted wrongly is noted again.

    :raises RuleBroken: nobody is named, or the day is still to come.
    """
    if not to_name.strip():
        raise RuleBroken(N_("Say to whom it was given."))
    if given_on > on:
        raise RuleBroken(N_("This day is still to come."))
    made = db.session.get(Handing, reader.id) or Handing(reader_id=reader.id)
    made.to_name, made.on, made.by_name, made.entered_at = to_name.strip(), given_on, by.name, at
    db.session.add(made)
    db.session.flush()
    return made
