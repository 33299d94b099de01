"""What happens by itself, and when: one line per job. Days of the week go by name: APScheduler takes 1 for Tuesday."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from importlib import import_module
from typing import Any

from tracker.errors import N_
from tracker.workdays.rules import Calendar, is_working_day

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_HOLIDAY = 28  # days back in which a week with a working day is found


class Slot(StrEnum):
    """What a job is done once for."""

    DAY = "day"
    WEEK = "week"
    MINUTE = "minute"


class CatchUp(StrEnum):
    """What happens to a slot nobody rang: done for the present day or week, or let go (the next one does its work)."""

    PRESENT = "present"
    NEXT = "next"


@dataclass(frozen=True)
class Job:
    """One line: `does` is called with the day; `preview` instead of it in a rehearsal; `has_work` before idle minutes.

    With `first_working_day` the job rings daily, but is due only from the first working day of its week on.
    """

    name: str
    meaning: str
    does: str
    cron: Mapping[str, str]
    slot: Slot = Slot.DAY
    lease: timedelta = timedelta(minutes=30)
    catch_up: CatchUp = CatchUp.PRESENT
    first_working_day: bool = False
    preview: str = ""
    has_work: str = ""

    def slot_of(self, local: datetime) -> str:
        """The slot an instant of the office's own clock belongs to, e.g. 2026-03-02, 2026-W10, 2026-03-02T08:15.

        In the hour that comes twice when summer time ends each minute is two slots.
        """
        if self.slot is Slot.WEEK:
            year, week, _day = local.isocalendar()
            return f"{year}-W{week:02d}"
        if self.slot is Slot.DAY:
            return local.date().isoformat()
        return local.strftime("%Y-%m-%dT%H:%M") + ("/2" if local.fold else "")

    def rings_at(self) -> time:
        """The time of day at which a daily or weekly job rings."""
        return time(int(self.cron["hour"]), int(self.cron["minute"]))

    def is_day(self, day: date, calendar: Calendar) -> bool:
        """Whether the job is meant to be done on this day: the weekly one on the first working day of its week."""
        return not self.first_working_day or first_working_day(day, calendar) == day

    def overdue_slot(self, local: datetime, calendar: Calendar) -> str:
        """The last slot that should be done by now: two hours after its bell, the week's by noon; "" for minutes."""
        if self.slot is Slot.MINUTE:
            return ""
        grace = timedelta(hours=4 if self.slot is Slot.WEEK else 2)
        for back in range(LONGEST_HOLIDAY):
            day = local.date() - timedelta(days=back)
            rung = datetime.combine(day, self.rings_at(), local.tzinfo)
            if self.is_day(day, calendar) and rung + grace <= local:
                return self.slot_of(rung)
        return ""


def _daily(hour: int, minute: int) -> dict[str, str]:
    return {"day_of_week": ",".join(DAYS), "hour": str(hour), "minute": str(minute)}


TIMETABLE: tuple[Job, ...] = (
    Job(
        "send-letters", N_("Send the letters that wait"), "tracker.mail.jobs:send_letters", {"minute": "*"},
        slot=Slot.MINUTE, lease=timedelta(minutes=10), catch_up=CatchUp.NEXT,
        preview="tracker.mail.jobs:preview", has_work="tracker.mail.jobs:has_work",
    ),
    Job(
        "answer-forgotten", N_("Write to those who forgot their password"), "tracker.people.jobs:answer_forgotten",
        {"minute": "*"}, slot=Slot.MINUTE, catch_up=CatchUp.NEXT, has_work="tracker.people.jobs:has_work",
    ),
    Job(
        "follow-letters", N_("Note which mailed replies arrived"), "tracker.handling.jobs:follow_letters",
        {"minute": "*/5"}, slot=Slot.MINUTE, catch_up=CatchUp.NEXT, has_work="tracker.handling.jobs:has_work",
    ),
    Job(
        "reckon-held", N_("Reckon who held what how long"), "tracker.held.jobs:reckon_held",
        {"minute": "*/5"}, slot=Slot.MINUTE, catch_up=CatchUp.NEXT, has_work="tracker.held.jobs:has_work",
    ),
    Job(
        "write-public", N_("Write the public pages"), "tracker.public.jobs:write_public",
        {"minute": "*/5"}, slot=Slot.MINUTE, catch_up=CatchUp.NEXT,
        preview="tracker.public.jobs:preview", has_work="tracker.public.jobs:has_work",
    ),
    Job(
        "back-up", N_("Back everything up, and try it out"), "tracker.care.jobs:back_up", _daily(1, 30),
        lease=timedelta(hours=3), preview="tracker.care.jobs:preview_backup",
    ),
    Job("sweep", N_("Sweep away what nobody needs any more"), "tracker.schedule.jobs:sweep", _daily(2, 30)),
    Job("seal-history", N_("Seal the history into its chain"), "tracker.schedule.jobs:seal_history", _daily(3, 0)),
    Job(
        "mail-seal", N_("Mail the seal of the trail to those who keep it"), "tracker.care.jobs:mail_seal",
        _daily(7, 40), slot=Slot.WEEK, first_working_day=True,
    ),
    Job(
        "advise-bodies", N_("Advise on bodies, and measure the advice"), "tracker.dispatch.jobs:advise_bodies",
        _daily(4, 0),
    ),
    Job(
        "compare-replies", N_("Look which replies were taken from others"), "tracker.recurrence.jobs:compare_replies",
        _daily(4, 30), lease=timedelta(hours=3),
    ),
    Job("follow-promises", N_("Follow what was promised"), "tracker.followup.jobs:follow_promises", _daily(6, 0)),
    Job(
        "ask-yearly", N_("Ask once a year how promises stand"), "tracker.followup.jobs:ask_yearly", _daily(6, 10),
    ),
    Job("raise-alarms", N_("Raise the rungs of the ladder"), "tracker.escalation.jobs:raise_alarms", _daily(6, 30)),
    Job("drop-met", N_("Drop drafts of notices whose clock was met"), "tracker.notices.jobs:drop_met", _daily(6, 40)),
    Job(
        "remind-notices", N_("Remind bodies of notices not answered"), "tracker.notices.jobs:remind", _daily(6, 45),
    ),
    Job(
        "find-signals", N_("Find signs of weak handling, and clear those that are gone"),
        "tracker.signals.jobs:find_signals", _daily(6, 50),
    ),
    Job(
        "look-again", N_("Look for signs of weak handling in what has just changed"),
        "tracker.signals.jobs:look_again", {"minute": "*"}, slot=Slot.MINUTE, catch_up=CatchUp.NEXT,
        has_work="tracker.signals.jobs:has_work",
    ),
    Job("count-figures", N_("Count the figures"), "tracker.figures.jobs:count_figures", _daily(7, 10)),
    Job("send-digests", N_("Write the daily digests"), "tracker.escalation.jobs:send_digests", _daily(7, 30)),
    Job(
        "weekly-bulletin", N_("Issue the weekly bulletin"), "tracker.bulletin.jobs:weekly_bulletin", _daily(8, 0),
        slot=Slot.WEEK, first_working_day=True,
    ),
    Job(
        "post-bulletins", N_("Issue bulletins at another time, and send those that were held back"),
        "tracker.bulletin.jobs:post_bulletins", {"minute": "*/5"}, slot=Slot.MINUTE, catch_up=CatchUp.NEXT,
        has_work="tracker.bulletin.jobs:has_work",
    ),
)  # fmt: skip

JOBS = {job.name: job for job in TIMETABLE}


def called(path: str) -> Callable[..., Any]:
    """The function a line names, e.g. "tracker.mail.jobs:send_letters"."""
    module, _colon, name = path.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def first_working_day(day: date, calendar: Calendar) -> date | None:
    """The first working day of the ISO week of a day; None in a week that is all holiday."""
    monday = day - timedelta(days=day.weekday())
    days = (monday + timedelta(days=number) for number in range(7))
    return next((each for each in days if is_working_day(each, calendar)), None)
