"""The ledger of promises, and one promise with what was reported of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.lamps import Lamps, lamps
from tracker.errors import NotFound
from tracker.followup import actions, queries
from tracker.followup.forms import ReportForm
from tracker.followup.models import Fate
from tracker.followup.names import FATE_LOOKS, FATES
from tracker.followup.queries import SHOWN, Row, Show
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_number, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

pages = Blueprint("followup", __name__)
READERS = (*OFFICE, Role.HUB, *BODY, Role.COMMITTEE, Role.LEADER, Role.DEPUTY, Role.AUDITOR)
WORDS = {"fate_names": FATES, "fate_looks": FATE_LOOKS}


@pages.get("/promises")
@allow(*READERS)
def index() -> Any:
    show = Show(request.args["show"]) if request.args.get("show") in set(Show) else Show.OPEN
    wanted = queries.ledger(visitor(), show, clock.today(), body_id=asked_number("body"))
    shining = lamps(visitor().congress_id, clock.today())
    if asked_for_sheet():
        return workbook(_("Promises"), _headers(), [_cells(row, shining) for row in queries.rows(wanted)])
    total = queries.count(wanted)
    number = min(asked_page(), max(1, -(-total // ROWS)))
    rows = list(queries.rows(wanted.offset((number - 1) * ROWS).limit(ROWS)))
    return render_template(
        "followup/index.html",
        page=Page(rows, number, total),
        show=show,
        shown=[(one, SHOWN[one], url_for("followup.index", show=str(one))) for one in Show],
        lamps=shining,
        download_url=sheet_url(),
        **WORDS,
    )


@pages.get("/promises/<int:promise_id>")
@allow(*READERS)
def promise(promise_id: int) -> str:
    row = queries.get_promise(promise_id, visitor())
    fates = queries.reportable(row, visitor())
    return _page(row, ReportForm(fates) if fates else None)


@pages.post("/promises/<int:promise_id>/report")
@allow(*OFFICE, Role.HUB, *BODY)
def report(promise_id: int) -> Any:
    fates = queries.reportable(queries.get_promise(promise_id, visitor()), visitor())
    if not fates:
        raise NotFound
    form = ReportForm(fates)
    if form.validate_on_submit() and obeys(form, lambda: _report(form, promise_id)):
        flash(_("The report is recorded."), "ok")
        return once.done(url_for("followup.promise", promise_id=promise_id))
    return _page(queries.get_promise(promise_id, visitor()), form)


def _report(form: ReportForm, promise_id: int) -> None:
    row = queries.get_promise(promise_id, visitor())
    fate, by = Fate(form.fate.data), visitor().actor()
    new_due_on = form.new_due_on.data if form.new_due_on and fate is Fate.MOVED else None
    actions.report(row.promise, fate, form.note.data, by=by, on=clock.today(), new_due_on=new_due_on)


def _page(row: Row, form: ReportForm | None) -> str:
    shining = lamps(visitor().congress_id, clock.today())
    return render_template(
        "followup/promise.html",
        row=row,
        promise=row.promise,
        suggestion=row.promise.assignment.suggestion,
        light=shining.of(row.deadline),
        reports=queries.reports_of([row.promise.id]),
        form=form,
        **WORDS,
    )


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
        _(FATES[row.fate]) if row.fate else "",
        f"{light.word}, {light.days_text}" if light else "",
    ]
