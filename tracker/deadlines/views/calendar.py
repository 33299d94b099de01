"""The days of a year, written or read from a file: which open clocks would move is shown before anything is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import clock
from tracker.audit.actions import trace
from tracker.database import db
from tracker.deadlines import moving, text
from tracker.deadlines.actions import recount
from tracker.deadlines.forms import YearForm
from tracker.deadlines.views import WRITERS, pages
from tracker.deadlines.whose import About, about
from tracker.errors import NotFound
from tracker.files import antivirus
from tracker.files.rules import tidy_name
from tracker.people.visitors import visitor
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.workdays import queries as workdays
from tracker.workdays.actions import LONGEST_SOURCE, load_days
from tracker.workdays.written import Written, lines_of, read_file, read_lines

YEARS = range(2000, 2100)
MOST_SHOWN = 200


@dataclass(frozen=True)
class Moved:
    """What a clock would become, read before the days are taken back."""

    deadline_id: int
    what: str
    was_on: date
    due_on: date
    provisional: bool
    about: About | None = None


@pages.route("/calendar/<int:year>", methods=["GET", "POST"])
@allow(*WRITERS)
def year(year: int) -> Any:
    """One year's days. “Show what would move” keeps nothing; the second button does, and only what was shown."""
    if year not in YEARS:
        raise NotFound
    local = "local" in request.args if request.method == "GET" else "local" in request.form
    form = YearForm(data=_standing(year, local))
    moved: list[Moved] | None = None
    form.opened.data = form.opened.data or _standing_mark(year)
    if form.validate_on_submit() and _is_as_opened(form, year):
        keeps = request.form.get("act") == "keep"
        if keeps and not _was_shown(form):
            form.form_errors.append(_("These are not the days that were shown. Look at what moves, then keep them."))
            moved = _preview(year, form)
        elif keeps and obeys(form, lambda: _keep(year, form)):
            flash(_told(form.moved), "ok")
            return once.done(url_for("deadlines.rules", year=year))
        elif not keeps:
            moved = _preview(year, form)
    return render_template(
        "deadlines/year.html", year=year, form=form, moved=moved, groups=_groups(moved or []), most_shown=MOST_SHOWN
    )


def _groups(moved: list[Moved]) -> list[tuple[Moved, int]]:
    """How many clocks of a kind go from which day to which, for whoever decides; the first of each, and the number."""
    counted: dict[tuple[Any, ...], list[Moved]] = {}
    for one in moved:
        counted.setdefault((one.what, one.was_on, one.due_on, one.provisional), []).append(one)
    return [(alike[0], len(alike)) for alike in counted.values()]


def _standing(year: int, local: bool) -> dict[str, Any]:
    own = visitor().congress_id if local else None
    days = [one for one in workdays.days_of(year, own) if one.congress_id == own]
    source = next((one.source for one in days), "")[:LONGEST_SOURCE]
    return {"days": _lines([(one.day, one.working, one.name) for one in days]), "source": source, "local": local}


def _standing_mark(year: int) -> str:
    """Changes with every day of the year that anybody changes, national or our own."""
    days = [(one.congress_id, one.day, one.working, one.name) for one in workdays.days_of(year, visitor().congress_id)]
    return hashlib.sha256(repr(days).encode()).hexdigest()[:32]


def _is_as_opened(form: YearForm, year: int) -> bool:
    if form.opened.data == _standing_mark(year):
        return True
    said = _("Somebody has saved this since you opened it. Open it anew and enter your change again.")
    form.form_errors.append(said)
    return False


def _lines(days: Iterable[Written]) -> str:
    return lines_of(days, off=_("off"), worked=_("worked"), called=text.holiday_name)


def _preview(year: int, form: YearForm) -> list[Moved] | None:
    """Load the days inside a savepoint, read what would move, and take everything back."""
    moved: list[Moved] = []

    def look() -> None:
        trial = db.session.begin_nested()
        _load(year, form)
        form.seen.data = _fingerprint(form)
        moved.extend(
            Moved(
                one.deadline.id,
                text.kind_name(one.deadline.kind),
                one.deadline.due_on,
                one.due.due_on,
                one.due.provisional,
            )
            for one in moving.would_move(_whose(form))
        )
        trial.rollback()
        workdays.forget()

    if not obeys(form, look):
        return None
    moved.sort(key=lambda one: (one.was_on, one.deadline_id))
    known = about([one.deadline_id for one in moved[:MOST_SHOWN]])
    return [replace(one, about=known.get(one.deadline_id)) for one in moved]


def _keep(year: int, form: YearForm) -> None:
    by, at = visitor().actor(), clock.now()
    days = _load(year, form)
    form.moved = recount(on=clock.today(), congress_id=_whose(form))
    trace("days_loaded", by, at=at, year=year, days=days, local=bool(form.local.data), clocks=form.moved)


def _load(year: int, form: YearForm) -> int:
    days = _read(form)
    form.days.data = _lines(days)
    by, on = visitor().actor(), clock.today()
    return load_days(year, days, source=form.source.data or "", by=by, on=on, congress_id=_whose(form))


def _read(form: YearForm) -> list[Written]:
    sent = form.file.data
    if sent:
        antivirus.must_be_clean(sent, tidy_name(sent.filename))
    return read_file(sent.read()) if sent else read_lines(form.days.data or "")


def _was_shown(form: YearForm) -> bool:
    return not form.file.data and form.seen.data == _fingerprint(form)


def _fingerprint(form: YearForm) -> str:
    """Of the days as they were shown: what is kept is what was looked at."""
    said = f"{bool(form.local.data)}\n{form.days.data}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _whose(form: YearForm) -> int | None:
    return visitor().congress_id if form.local.data else None


def _told(moved: int) -> str:
    if not moved:
        return _("The days are kept; no open clock moves.")
    return ngettext(
        "The days are kept; %(num)d open clock was recounted, its old day is kept beside the new one.",
        "The days are kept; %(num)d open clocks were recounted, their old days are kept beside the new ones.",
        moved,
    )
