"""Signs of weak handling in the demo: looked for week by week, one answered by its body, one dismissed."""

from __future__ import annotations

from datetime import date, timedelta

from tracker import clock
from tracker.demo.diary import Diary
from tracker.demo.settling import Town
from tracker.handling.queries import DELIVERED
from tracker.people.models import User
from tracker.roles import Role
from tracker.signals import actions, jobs, queries
from tracker.signals.models import Signal
from tracker.signals.queries import Asked

WEEKS = timedelta(weeks=5)
EVERY = timedelta(days=7)
WORDS = "该件承办科室人员调整，办理衔接不及时。现已明确专人负责，并与代表约定本周内当面沟通。"
REASON = "经核对，承办单位此前已书面说明情况，系统登记滞后，不属办理不力。"


class Looking:
    """Looks at the ends of the last weeks, before the bulletin of the next is made."""

    def __init__(self, *, until: date) -> None:
        self.until = until
        self.looked_on: date | None = None

    def end_of_day(self, day: date) -> None:
        is_new = self.looked_on is None or day - self.looked_on >= EVERY
        if self.until - day < WEEKS and (is_new or day == self.until):
            jobs.find_signals(day)
            self.looked_on = day


def write(town: Town, diary: Diary, today: date) -> None:
    """Put it into the diary: some days ago the office has looked at what there was."""
    diary.write(today - timedelta(days=4), lambda _day: _see(town))


def leave(town: Town, today: date) -> None:
    """On the last day, after all else: what was done today is looked at, one is answered and one dismissed."""
    jobs.find_signals(today)
    for one in _open(town, today)[:1]:
        if one.body is not None:
            actions.answer(one, WORDS, by=town.handler(one.body), on=today)
    for one in _open(town, today)[1:2]:
        actions.dismiss(one, REASON, by=town.clerk, on=today)


def _see(town: Town) -> None:
    actions.see_all(town.congress.id, None, by=town.clerk, at=clock.now())


def _open(town: Town, day: date) -> list[Signal]:
    """What is about a body's handling, what is answered and delivered first."""
    office = User(congress_id=town.congress.id, role=Role.OFFICE_CLERK)
    rows = queries.page_of(office, Asked(), day, 1).rows
    lasting = sorted(rows, key=lambda row: row.standing not in DELIVERED)
    found = (queries.get_signal(row.id, office) for row in lasting if row.assignment_id is not None)
    return [one for one in found if actions.is_of_the_body(one)]
