"""Sending a ledger, confirming what was recognised, and the report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.files import antivirus
from tracker.files.rules import tidy_name
from tracker.handling.names import OUTCOMES
from tracker.ledgers import alike, queries, uploads
from tracker.ledgers.actions import import_ledger
from tracker.ledgers.forms import COLUMN, ConfirmForm, PlaceForm, SendForm, confirm_form
from tracker.ledgers.models import LedgerImport
from tracker.ledgers.parts import LedgerUnreadable
from tracker.ledgers.report import Report, Source
from tracker.ledgers.rows import Ledger, read
from tracker.ledgers.secrecy import Marked
from tracker.ledgers.sheets import Grid, open_grids
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.structure.queries import get_meeting, meetings, the_congress
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sentences import sentence
from tracker.web.sheets import Sheet, asked_for_sheet, sheet_url, tables
from tracker.web.sheets import workbook as sheet

pages = Blueprint("ledgers", __name__)
FIRST_ROWS, FIRST_COLUMNS, SAMPLES = 8, 12, 3


@pages.route("/ledgers", methods=["GET", "POST"])
@allow(*OFFICE)
def index() -> Any:
    form = SendForm()
    sent: list[str] = []
    if form.validate_on_submit() and obeys(form, lambda: sent.append(_keep(form))):
        return once.done(url_for("ledgers.look", token_of_file=sent[0]))
    if asked_for_sheet():
        every = queries.latest_imports(visitor().congress_id, limit=None)
        return sheet(_("Ledgers read in"), _earlier_headers(), (_earlier_cells(one) for one in every))
    earlier = queries.latest_imports(visitor().congress_id)
    return render_template("ledgers/index.html", form=form, earlier=earlier, sheet_url=sheet_url())


def _earlier_headers() -> list[str]:
    return [_("Ledger"), _("Meeting"), _("On"), _("By"), _("New"), _("Completed"), _("Questions")]


def _earlier_cells(one: LedgerImport) -> list[Any]:
    counts = [one.report["imported"], one.report["updated"], len(one.report["questions"])]
    return [one.file_name, in_language(one.meeting), one.on, one.by_name, *counts]


def _keep(form: SendForm) -> str:
    file: Any = form.file.data
    antivirus.must_be_clean(file, tidy_name(file.filename))
    return uploads.keep(file.stream, file.filename, user_id=visitor().id, at=clock.now())


@dataclass
class Looked:
    """What was recognised: the ledger, or why it cannot be read; and the first rows of the sheet as they stand."""

    form: ConfirmForm
    ledger: Ledger | None
    refusal: str
    grid: Grid | None


@pages.route("/ledgers/uploads/<token_of_file>", methods=["GET", "POST"])
@allow(*OFFICE)
def look(token_of_file: str) -> Any:
    """What was recognised, to be corrected and confirmed; only the button "Read in" changes anything."""
    upload = uploads.get(token_of_file, user_id=visitor().id, at=clock.now())
    try:
        looked = _look(upload)
    except Marked as marked:
        uploads.drop(upload)
        flash(sentence(marked), "bad")
        return redirect(url_for("ledgers.index"), 303)
    form, ledger = looked.form, looked.ledger
    wants_in = request.method == "POST" and request.form.get("act") == "import" and ledger is not None
    if wants_in and form.validate():
        reports: list[Report] = []
        if ledger is not None and obeys(form, lambda: reports.append(_read_in(ledger, form, upload))):
            return _done(reports[0], upload)
        _ask_meeting(form)
    return render_template(
        "ledgers/look.html",
        form=form,
        upload=upload,
        ledger=ledger,
        refusal=looked.refusal,
        first=_first(looked.grid),
        columns=_columns(form, ledger, looked.grid),
        questions=_told(ledger.questions if ledger else []),
    )


def _look(upload: uploads.Upload) -> Looked:
    place = PlaceForm(formdata=request.form if request.method == "POST" else None)
    chosen = place.overrides()
    try:
        grids = open_grids(upload.path, encoding=chosen.encoding)
        found = read(upload.path, mapping=chosen, today=clock.today())
    except Marked:
        raise
    except LedgerUnreadable as refused:
        return Looked(_form(None, [], place), None, sentence(refused), _first_grid(upload, chosen.encoding))
    form = _form(found, grids, place)
    if request.method == "POST" and request.form.get("looked_at") == place.place():
        try:
            mapping = replace(chosen, columns=form.columns(found.mapping))
            found = read(upload.path, mapping=mapping, today=clock.today())
        except Marked:
            raise
        except LedgerUnreadable as refused:
            return Looked(form, None, sentence(refused), grids[0])
    grid = next((one for one in grids if one.sheet == found.mapping.sheet), None)
    return Looked(form, found, "", grid)


def _form(found: Ledger | None, grids: list[Grid], place: PlaceForm) -> ConfirmForm:
    is_same = request.method == "POST" and request.form.get("looked_at") == place.place()
    form = confirm_form(found.mapping if found else None)(formdata=request.form if is_same else None)
    form.sheet.choices = [(grid.sheet, grid.sheet) for grid in grids]
    form.sheet.data = found.mapping.sheet if found else place.sheet.data
    form.header_row.data, form.encoding.data = place.header_row.data, place.encoding.data or ""
    form.looked_at.data = form.place(with_sheet=len(grids) > 1)
    _ask_meeting(form)
    return form


def _ask_meeting(form: ConfirmForm) -> None:
    held = [(one.id, in_language(one)) for one in meetings(visitor().congress_id)]
    form.meeting_id.choices = [(0, _("As the ledger's title says")), *held]


def _first_grid(upload: uploads.Upload, encoding: str | None) -> Grid | None:
    try:
        return next(iter(open_grids(upload.path, encoding=encoding)), None)
    except LedgerUnreadable:
        return None


def _read_in(ledger: Ledger, form: ConfirmForm, upload: uploads.Upload) -> Report:
    congress = the_congress(visitor().congress_id)
    return import_ledger(
        ledger,
        congress,
        get_meeting(form.meeting_id.data, congress.id) if form.meeting_id.data else None,
        create=form.create,
        by=visitor().actor(),
        on=clock.today(),
        at=clock.now(),
        source=Source(upload.name, upload.digest),
        partial=form.partial.data,
    )


def _done(report: Report, upload: uploads.Upload) -> Any:
    if report.import_id is None:
        flash(_("Everything in this ledger was there already; nothing was changed."), "info")
        answer = once.done(url_for("ledgers.index"))
    else:
        counts = {"imported": report.imported, "updated": report.updated}
        flash(_("Read in: %(imported)d new, %(updated)d completed.", **counts), "ok")
        alike.look_on(queries.get_import(report.import_id, visitor().congress_id), visitor())
        answer = once.done(url_for("ledgers.report", import_id=report.import_id))
    uploads.drop(upload)
    return answer


@pages.get("/ledgers/<int:import_id>")
@allow(*OFFICE)
def report(import_id: int) -> Any:
    kept = queries.get_import(import_id, visitor().congress_id)
    questions = [
        (one["row"], one["column"], one["value"], _say(one["why"], one["values"])) for one in kept.report["questions"]
    ]
    skipped = [(one["row"], _(one["reason"])) for one in kept.report["skipped"]]
    if asked_for_sheet():
        return _workbook(kept, questions, skipped)
    return render_template(
        "ledgers/report.html",
        kept=kept,
        questions=questions,
        skipped=skipped,
        sheet_url=sheet_url(),
        alike=alike.pairs(kept, visitor()),
        is_looked_through=alike.is_looked_through(kept),
        outcome_names=OUTCOMES,
    )


def _workbook(kept: LedgerImport, questions: list[tuple[Any, ...]], skipped: list[tuple[Any, ...]]) -> Any:
    rows = [(row, number, title) for row, _id, number, title in queries.rows_of(kept.id, visitor())]
    sheets = [
        Sheet(_("Questions"), [_("Row"), _("Column"), _("Cell"), _("Question")], questions),
        Sheet(_("Rows"), [_("Row"), _("Number"), _("Title")], rows),
        Sheet(_("Left out"), [_("Row"), _("Why")], skipped),
    ]
    return tables(_("Report of %(file)s", file=kept.file_name), sheets)


def _told(questions: list[Any]) -> list[tuple[int, str, str, str]]:
    return [(one.row, one.column, one.value, _say(one.why, one.values)) for one in questions]


def _say(why: str, values: Any) -> str:
    return _(why) % values if values else _(why)


def _first(grid: Grid | None) -> list[tuple[int, list[str]]]:
    """The first rows as they stand, so that a person sees what is spoken of."""
    rows = range(min(FIRST_ROWS, len(grid.rows))) if grid else range(0)
    return [(row + 1, [text[:40] for text in grid.texts(row)[:FIRST_COLUMNS]]) for row in rows if grid]


def _columns(form: ConfirmForm, ledger: Ledger | None, grid: Grid | None) -> list[tuple[Any, str]]:
    """The choice of every column, with a few of its cells."""
    if ledger is None or grid is None:
        return []
    shown = []
    for field in form:
        if field.name.startswith(COLUMN):
            place, start = int(field.name.removeprefix(COLUMN)), ledger.mapping.header_rows[-1]
            cells = (grid.text(row, place)[:30] for row in range(start, len(grid.rows)))
            shown.append(
                (field, " · ".join([cell for cell, _n in zip(filter(None, cells), range(SAMPLES), strict=False)]))
            )
    return shown
