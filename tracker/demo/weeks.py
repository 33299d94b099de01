"""What happens by itself while the city is played: the ladder every working day, the bulletin every week."""

from __future__ import annotations

from datetime import date, timedelta

from tracker import clock
from tracker.bulletin import jobs as bulletin
from tracker.demo import assessing, on_the_issue, trial, undelivered
from tracker.demo.explaining import Counts
from tracker.demo.hinted import Looking
from tracker.demo.settling import Town
from tracker.escalation import jobs as escalation
from tracker.figures import jobs as figures
from tracker.followup import jobs as followup
from tracker.held import jobs as held
from tracker.mail import actions as letters
from tracker.notices import jobs as notices

LADDER_DAYS, BULLETIN_WEEKS = 25, 4


class Weeks:
    """Rings the timetable's own jobs on the days of the diary."""

    def __init__(self, town: Town, *, until: date) -> None:
        self.town, self.until = town, until
        self.raised_on: date | None = None
        self.counts = Counts(until)
        self.looking = Looking(until=until)

    def end_of_day(self, day: date) -> None:
        """The ladder is found by state: once a week long ago, every day of the last weeks."""
        near = self.until - day < timedelta(days=LADDER_DAYS)
        if self.raised_on is None or near or day - self.raised_on >= timedelta(days=7):
            escalation.raise_alarms(day)
            self.raised_on = day
        self.looking.end_of_day(day)
        if self.until - day < timedelta(weeks=BULLETIN_WEEKS):
            self._letters(day)
        elif self.until - day < timedelta(weeks=BULLETIN_WEEKS + trial.WEEKS):
            trial.freeze(self.town, day, before=self.until - timedelta(weeks=BULLETIN_WEEKS))
        self.counts.end_of_day(day)

    def last_day(self, day: date) -> None:
        escalation.raise_alarms(day)
        notices.drop_met(day)
        notices.remind(day)
        followup.ask_yearly(day)
        followup.follow_promises(day)
        self.looking.end_of_day(day)
        figures.count_figures(day)
        assessing.assess(self.town, day)
        self._letters(day)
        undelivered.tell_one_by_telephone(at=clock.now() + timedelta(days=1))
        held.reckon_held(day)
        letters.keep_all(at=clock.now() + timedelta(days=1))  # nothing of an invented city is ever mailed

    def _letters(self, day: date) -> None:
        escalation.send_digests(day)
        bulletin.weekly_bulletin(day)
        on_the_issue.follow(self.town, day)
