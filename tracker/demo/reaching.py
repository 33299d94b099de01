"""How the bulletin reached people: a week without one, one whose letters waited a day, a page through the hub."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from tracker import clock
from tracker.bulletin import arranging, jobs, queries, sending
from tracker.bulletin.models import HoldEnd, Issue, Rhythm
from tracker.bulletin.rules import monday_of, week_after, week_of
from tracker.database import db
from tracker.demo.diary import Diary
from tracker.demo.settling import Town
from tracker.structure import actions
from tracker.structure.models import Channel, Officer, Rank

NAMED_AGO = 26


def write(town: Town, diary: Diary, today: date) -> None:
    """Put it into the diary of the last weeks, in which there are bulletins."""
    quiet, held = week_after(week_of(today), -2), week_after(week_of(today), -1)
    diary.write(today - timedelta(days=NAMED_AGO), lambda on: _arrange(town, quiet, on))
    diary.write(monday_of(held) - timedelta(days=3), lambda _on: _hold(town, held))
    diary.write(monday_of(held) + timedelta(days=1), lambda on: _release(town, held, on))
    diary.write(monday_of(held) + timedelta(days=2), lambda on: _hand_over(town, held, on))


def _arrange(town: Town, quiet: str, on: date) -> None:
    """No issue in the week of training; one vice-mayor reads through the hub, another leader once a month."""
    arranging.be_quiet(town.congress.id, quiet, quiet, "全市代表集中培训", by=town.clerk, on=on)
    vice_mayors = _officers(town, Rank.VICE_MAYOR)
    actions.amend_officer(vice_mayors[0], channel=Channel.VIA_HUB, by=town.clerk, at=clock.now())
    for one in _officers(town, Rank.PRESIDENT)[:1]:
        arranging.set_rhythm(one, Rhythm.MONTHLY, by=town.clerk, on=on)


def _hold(town: Town, week: str) -> None:
    arranging.hold(town.congress.id, week, "延期件数待与市政府办公室核对", by=town.clerk, at=clock.now())


def _release(town: Town, week: str, on: date) -> None:
    held = sending.hold_of(week, town.congress.id)
    if held is not None:
        arranging.end_hold(held, HoldEnd.RELEASED, by=town.clerk, at=clock.now())
        jobs.post_bulletins(on)


def _hand_over(town: Town, week: str, on: date) -> None:
    """What was read on paper was given to the leaders' secretaries."""
    issue_id = db.session.scalar(sa.select(Issue.id).where(Issue.congress_id == town.congress.id, Issue.week == week))
    for row in queries.deliveries(issue_id or 0):
        if row.Reader.channel != Channel.MAIL:
            to_name = f"{row.Reader.name}秘书"
            arranging.hand_over(row.Reader, to_name, given_on=on, by=town.clerk, on=on, at=clock.now())


def _officers(town: Town, rank: Rank) -> list[Officer]:
    wanted = sa.select(Officer).where(Officer.congress_id == town.congress.id, Officer.rank == rank)
    return list(db.session.scalars(wanted.order_by(Officer.id)))
