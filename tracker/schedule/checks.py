"""How the timetable stands: whether anybody rings it, what failed, which days it knows. A part of the self-check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.errors import N_
from tracker.schedule import overdue, queries
from tracker.schedule.models import Ringer
from tracker.stage import Finding, Weight
from tracker.workdays.queries import loaded_years

FINE, HINT, WARNING, BAD = Weight
SILENT_AFTER = timedelta(minutes=30)  # whoever rings says so every ten
NEXT_YEAR_IS_PUBLISHED = 11
PAGE = "schedule.index"


def checks() -> Iterator[Finding]:
    now = clock.now()
    seen = db.session.scalars(sa.select(Ringer.seen_at)).all()
    yield of_ringers(list(seen), now)
    yield _jobs()
    yield of_years(frozenset(loaded_years()), clock.local(now))


def of_ringers(seen: list[datetime], now: datetime) -> Finding:
    about, count = N_("The timetable"), sum(now - at <= SILENT_AFTER for at in seen)
    if count:
        return Finding("timetable", about, FINE, N_("%(count)s processes ring it."), {"count": count}, page=PAGE)
    to_do = N_("Start the server, or “scheduler” where the timetable runs apart; what was missed is then done.")
    if not seen:
        return Finding("timetable", about, WARNING, N_("Nobody has ever rung it."), {}, to_do, PAGE)
    last = {"at": clock.local(max(seen)).strftime("%Y-%m-%d %H:%M")}
    says = N_("Silent since %(at)s: no letter leaves and nothing is watched.")
    return Finding("timetable", about, WARNING, says, last, to_do, PAGE)


def _jobs() -> Finding:
    about = N_("Jobs")
    names = overdue.names(clock.local(clock.now()), queries.present_calendar())
    lines = [line.job.name for line in queries.lines() if line.state in ("failed", "hanging")]
    wrong = sorted({*names, *lines})
    if not wrong:
        return Finding("jobs", about, FINE, N_("none failed, none is late"), page=PAGE)
    to_do = N_("The timetable says what came of each; the log of that minute says why.")
    values = {"names": ", ".join(wrong)}
    return Finding("jobs", about, WARNING, N_("failed, hang or are late: %(names)s"), values, to_do, PAGE)


def of_years(known: frozenset[int], today: datetime) -> Finding:
    about = N_("Days off and make-up working days")
    to_do = N_("Load the days the State Council has published.")
    for year, weight in ((today.year, BAD), (today.year + 1, WARNING)):
        if year not in known and (year == today.year or today.month >= NEXT_YEAR_IS_PUBLISHED):
            says = N_("The holidays of %(year)s are not loaded.")
            return Finding("calendar", about, weight, says, {"year": year}, to_do, "deadlines.rules")
    return Finding("calendar", about, FINE, N_("loaded for this year"), page="deadlines.rules")
