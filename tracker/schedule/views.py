"""The timetable as a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker import clock
from tracker.roles import OFFICE, Role
from tracker.schedule import overdue, queries, sound
from tracker.schedule.names import counted, slot_text
from tracker.schedule.scheduler import next_ring
from tracker.web.gate import allow
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook
from tracker.workdays.rules import Calendar

pages = Blueprint("schedule", __name__)

STATES: dict[str, tuple[Any, str]] = {
    "never": (_l("Not yet"), "muted"),
    "running": (_l("Running"), "info"),
    "hanging": (_l("Does not end"), "bad"),
    "failed": (_l("Failed"), "bad"),
    "done": (_l("Done"), "ok"),
    "missed": (_l("Has not run"), "bad"),
}


@pages.get("/timetable")
@allow(Role.ADMIN, *OFFICE)
def index() -> Any:
    zone, days = current_app.config["TIMEZONE"], queries.present_calendar()
    late = set(overdue.names(clock.local(clock.now()), days))
    lines = [_told(line, zone, days, late) for line in queries.lines()]
    if asked_for_sheet():
        return workbook(_("Timetable"), _headers(), [_cells(line) for line in lines])
    return render_template(
        "schedule/index.html",
        lines=lines,
        recent=queries.recent(),
        states=STATES,
        counted=counted,
        slot_text=slot_text,
        sheet_url=sheet_url(),
        ahead=sound.ahead(),
        built=sound.before_build(),
    )


def _told(line: queries.Line, zone: str, days: Calendar, late: set[str]) -> queries.Line:
    """The line with its next run; a slot that was missed is told before the run that came before it."""
    state = "missed" if line.job.name in late and line.state in ("done", "never") else line.state
    return replace(line, state=state, next_at=next_ring(line.job, zone, days))


def _headers() -> list[str]:
    return [_("Job"), _("State"), _("Slot"), _("Last run"), _("Outcome"), _("Next run")]


def _cells(line: queries.Line) -> list[Any]:
    last = line.last
    ended = (last.finished_at or last.claimed_at) if last else None
    outcome = (last.error if last else "") or counted(line.counts)
    return [
        _(line.job.meaning),
        STATES[line.state][0],
        slot_text(last.slot) if last else "",
        ended,
        outcome,
        line.next_at,
    ]
