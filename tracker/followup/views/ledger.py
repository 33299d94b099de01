"""The ledger of promises, the replies whose promise has no day, and when bodies are asked once a year."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.lamps import Lamps, lamps
from tracker.followup import queries, undated, yearly
from tracker.followup.answered import answers_of
from tracker.followup.forms import MonthForm
from tracker.followup.names import STATES
from tracker.followup.queries import SHOWN, Asked, Row, Show
from tracker.followup.views import READERS, WORDS, pages
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.structure.queries import body_choices
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_number, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook


@pages.get("/promises")
@allow(*READERS)
def index() -> Any:
    """By body, year of the meeting and last day; promises of earlier terms stand in it like all others."""
    asking, asked = visitor(), _asked()
    wanted = queries.ledger(asking, asked.show, clock.today(), asked=asked)
    shining = lamps(asking.congress_id, clock.today())
    if asked_for_sheet():
        return workbook(_("Promises"), _headers(), [_cells(row, shining) for row in queries.rows(wanted)])
    total = queries.count(wanted)
    number = min(asked_page(), max(1, -(-total // ROWS)))
    rows = list(queries.rows(wanted.offset((number - 1) * ROWS).limit(ROWS)))
    return render_template(
        "followup/index.html",
        page=Page(rows, number, total),
        asked=asked,
        shown=[(one, SHOWN[one], url_for("followup.index", **{**_kept(), "show": str(one)})) for one in Show],
        bodies=[] if asking.role in (*BODY, Role.DEPUTY) else _bodies(asking),
        years=queries.years(asking.congress_id),
        is_filtered=any(_kept().values()),
        lamps=shining,
        answers=answers_of(asking, clock.today()),
        download_url=sheet_url(),
        **WORDS,
    )


@pages.get("/promises/undated")
@allow(*OFFICE, Role.HUB, *BODY, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)
def undated_index() -> Any:
    """Replies that promise something and name no day."""
    rows = undated.undated_of(visitor())
    if asked_for_sheet():
        return workbook(_("Replies without a dated promise"), _undated_headers(), [_undated_cells(one) for one in rows])
    return render_template("followup/undated.html", rows=rows, download_url=sheet_url())


@pages.route("/promises/yearly", methods=["GET", "POST"])
@allow(Role.OFFICE_LEADER)
def month() -> Any:
    """The office's leader says from which month on bodies are asked once a year."""
    congress_id = visitor().congress_id
    form = MonthForm()
    if form.validate_on_submit() and obeys(form, lambda: _choose(form)):
        flash(_("Saved."), "ok")
        return once.done(url_for("followup.index"))
    if not form.is_submitted():
        form.month.data = yearly.receipts_month(congress_id)
    return render_template("followup/month.html", form=form)


def _choose(form: MonthForm) -> None:
    yearly.choose_month(visitor().congress_id, form.month.data, by=visitor().actor(), on=clock.today())


def _asked() -> Asked:
    given = request.args.get("show", "")
    return Asked(
        show=Show(given) if given in set(Show) else Show.OPEN,
        body_id=asked_number("body"),
        year=asked_number("year"),
        since=_day("since"),
        until=_day("until"),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _kept() -> dict[str, Any]:
    return {name: request.args.get(name, "") for name in ("body", "year", "since", "until") if request.args.get(name)}


def _bodies(asking: Any) -> list[tuple[int, str]]:
    return body_choices(asking.congress_id, hub_id=asking.body_id if asking.role is Role.HUB else None)


def _headers() -> list[str]:
    return [
        _("Number"),
        _("Title"),
        _("Body"),
        _("What is promised"),
        _("Who sees to it"),
        _("First last day"),
        _("Last day"),
        _("Times moved"),
        _("What became of it"),
        _("Last report"),
        _("How it stands"),
    ]


def _cells(row: Row, shining: Lamps) -> list[Any]:
    one, deadline, light = row.promise, row.deadline, shining.of(row.deadline)
    return [
        one.assignment.suggestion.number,
        one.assignment.suggestion.title,
        one.assignment.body.name,
        one.what,
        one.owner,
        one.due_on,
        deadline.due_on if deadline else one.due_on,
        deadline.moved_count if deadline else 0,
        _(STATES[row.state]) if row.state else "",
        row.report.on if row.report else None,
        f"{light.word}, {light.days_text}" if light else "",
    ]


def _undated_headers() -> list[str]:
    return [_("Number"), _("Title"), _("Body"), _("Class"), _("Delivered on")]


def _undated_cells(row: Any) -> list[Any]:
    return [row.number, "" if row.internal else row.title, in_language(row), row.class_label, row.since_on]
