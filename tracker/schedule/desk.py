"""What has not happened by itself is work for whoever runs the system, and known to the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import clock
from tracker.errors import N_
from tracker.roles import OFFICE, Role
from tracker.schedule import overdue, sound
from tracker.schedule.timetable import JOBS
from tracker.stage import Harm, Visitor, Waiting, WaitingGroup
from tracker.suggestion.at_all import is_empty
from tracker.web.addresses import url_for
from tracker.workdays.queries import calendar

MISSED = N_("Jobs that have not run")
CLOCK = N_("No job is run: the clock stands before the last lines of the history.")
SEE_IT = (*OFFICE, Role.ADMIN)


def lists(visitor: Visitor, _today: date) -> Mapping[Any, Mapping[str, Any]]:
    if visitor.role not in SEE_IT:
        return {}
    return {overdue.missed: overdue.slots(clock.local(clock.now()), calendar(visitor.congress_id))}


def waiting(visitor: Visitor, _today: date) -> Iterable[WaitingGroup]:
    """The jobs of the timetable that should have run by now, e.g. the week's bulletin by Monday noon."""
    if visitor.role not in SEE_IT or is_empty(overdue.missed):
        return
    names = overdue.names(clock.local(clock.now()), calendar(visitor.congress_id))
    page, harm = url_for("schedule.index"), Harm.REPLY_LATE.after(0)
    first = tuple(Waiting(MISSED, page, "", _(JOBS[name].meaning), harm=harm) for name in names)
    if sound.ahead() is not None:
        first = (Waiting(MISSED, page, "", _(CLOCK), harm=harm), *first)
    if first:
        yield WaitingGroup(MISSED, len(first), page, first)
