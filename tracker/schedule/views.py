"""The timetable as a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, render_template
from flask_babel import lazy_gettext as _l

from tracker import clock
from tracker.roles import OFFICE, Role
from tracker.schedule import queries
from tracker.schedule.scheduler import trigger
from tracker.web.gate import allow

pages = Blueprint("schedule", __name__)

STATES: dict[str, tuple[Any, str]] = {
    "never": (_l("Not yet"), "muted"),
    "running": (_l("Running"), "info"),
    "hanging": (_l("Does not end"), "bad"),
    "failed": (_l("Failed"), "bad"),
    "done": (_l("Done"), "ok"),
}


@pages.get("/timetable")
@allow(Role.ADMIN, *OFFICE)
def index() -> Any:
    now = clock.now()
    zone = current_app.config["TIMEZONE"]
    lines = [replace(line, next_at=trigger(line.job, zone).get_next_fire_time(None, now)) for line in queries.lines()]
    return render_template("schedule/index.html", lines=lines, states=STATES)
