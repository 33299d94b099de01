"""Before its letters went out the weekly issue was made on trial: frozen, read in the office, its letters dropped."""

from __future__ import annotations

from datetime import date

from tracker import clock
from tracker.bulletin import arranging, jobs, sending
from tracker.bulletin.models import HoldEnd
from tracker.bulletin.queries import find_issue
from tracker.bulletin.rules import week_of
from tracker.demo.settling import Town

WEEKS = 12  # so many before the first whose letters went out: lights over time want some weeks to be seen in
REASON = "试运行：先在代表工委内部核对，暂不发送。"


def freeze(town: Town, day: date, *, before: date) -> None:
    """On each working day of a trial week; the issue is made once, on its own day. `before`: the last day of the trial;
    what is made in its week goes out.
    """
    week, congress_id = week_of(day), town.congress.id
    if week == week_of(before) or find_issue(week, congress_id) is not None:
        return
    if sending.hold_of(week, congress_id) is None:
        held = arranging.hold(congress_id, week, REASON, by=town.clerk, at=clock.now())
        arranging.end_hold(held, HoldEnd.DROPPED, by=town.clerk, at=clock.now())
    jobs.weekly_bulletin(day)
