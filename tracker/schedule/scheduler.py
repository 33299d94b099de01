"""The bell: rings the timetable in this process. It only reminds; the database decides (claims)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from tracker import clock, memory
from tracker.schedule import ring, ringers
from tracker.schedule.timetable import LONGEST_HOLIDAY, TIMETABLE, Job
from tracker.web import logs
from tracker.workdays.rules import Calendar

LOOK_AGAIN_MINUTES = 10


def start(app: Flask) -> BackgroundScheduler:
    """Ring the timetable beside the pages of this process; `shutdown()` ends it."""
    scheduler = BackgroundScheduler(**_manners(app))
    _wind(scheduler, app)
    scheduler.start()
    return scheduler


def serve(app: Flask) -> None:
    """Ring the timetable and do nothing else, until the process is ended."""
    scheduler = BlockingScheduler(**_manners(app))
    _wind(scheduler, app)
    scheduler.start()


def trigger(job: Job, zone: str) -> CronTrigger:
    """When a line of the timetable rings, on the office's clock."""
    return CronTrigger(**job.cron, timezone=zone)


def next_ring(job: Job, zone: str, calendar: Calendar) -> datetime | None:
    """When it will do its work next: the week's bell rings every day and is heard on the first working day."""
    bell, after = trigger(job, zone), clock.now()
    for _ in range(LONGEST_HOLIDAY):
        rings_at: datetime | None = bell.get_next_fire_time(None, after)
        if rings_at is None or job.is_day(rings_at.date(), calendar):
            return rings_at
        after = rings_at + timedelta(seconds=1)
    return None


def _manners(app: Flask) -> dict[str, Any]:
    return {
        "timezone": app.config["TIMEZONE"],
        "jobstores": {"default": MemoryJobStore()},
        "executors": {"default": ThreadPoolExecutor(3)},
        "job_defaults": {"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    }


def _wind(scheduler: BaseScheduler, app: Flask) -> None:
    for job in TIMETABLE:
        scheduler.add_job(_ring, trigger(job, app.config["TIMEZONE"]), (app, job.name), id=job.name)
    again = IntervalTrigger(minutes=LOOK_AGAIN_MINUTES, timezone=app.config["TIMEZONE"])
    scheduler.add_job(_catch_up, DateTrigger(clock.now()), (app,), id="catch-up-at-start")
    scheduler.add_job(_catch_up, again, (app,), id="catch-up")


def _ring(app: Flask, name: str) -> None:
    with app.app_context():
        try:
            rung = [ring.run(name)]
        except Exception:  # a database that is away for a moment must not end the timetable
            logs.fault("job not rung", job=name)
            return
    _tidy(rung)


def _catch_up(app: Flask) -> None:
    with app.app_context():
        try:
            ringers.say(at=clock.now())
            rung = ring.catch_up()
        except Exception:  # as above
            logs.fault("missed slots not looked for")
            return
    _tidy(rung)


def _tidy(rung: list[ring.Rung]) -> None:
    """What the jobs of a day read of a whole year is not kept until the next night."""
    if any(one.ran for one in rung):
        memory.give_back()
