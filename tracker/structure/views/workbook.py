"""The whole structure as one workbook: looked at, taken in, written out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.files import antivirus
from tracker.files.rules import tidy_name
from tracker.structure import keeping, workbook
from tracker.structure.arrival import Loading
from tracker.structure.forms import WorkbookForm
from tracker.structure.loading import load
from tracker.structure.views import EDITORS, acting, congress_id, pages
from tracker.web import once, personal, sheets
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.languages import chosen_language
from tracker.web.sentences import sentence

OUTCOMES = {"added": N_("added"), "updated": N_("updated"), "unchanged": N_("unchanged"), "wrong": N_("wrong")}
MOST_SHOWN = 300


@pages.get("/template.xlsx")
@allow(*EDITORS)
def template() -> Any:
    """The empty workbook."""
    return sheets.download(_("Structure template"), workbook.written({}, chosen_language()))


@pages.get("/workbook.xlsx")
@allow(*EDITORS)
def whole() -> Any:
    """The structure as it stands; read again, it changes nothing."""
    rows = keeping.rows_of(congress_id())
    content = workbook.written(rows, chosen_language())
    personal.shows(sum(map(len, rows.values())))
    return sheets.download(_("Structure"), content, rows=sum(map(len, rows.values())))


@pages.route("/workbook", methods=["GET", "POST"])
@allow(*EDITORS)
def take_in() -> Any:
    """A workbook is looked at first; with the second button it is taken in, whole or not at all."""
    form, done = WorkbookForm(), []
    if form.validate_on_submit() and obeys(form, lambda: done.append(_load(form))):
        report = _report(done[0])
        if done[0].is_clean and request.form.get("act") == "take":
            flash(_("The workbook is taken in: %(added)s added, %(updated)s updated.", **report["counts"]), "ok")
            return once.done(url_for("structure.index"))
        db.session.rollback()
        return render_template("structure/workbook.html", form=WorkbookForm(formdata=None), report=report)
    return render_template("structure/workbook.html", form=form, report=None)


def _load(form: WorkbookForm) -> Loading:
    file: Any = form.file.data
    if not file or not file.filename:
        raise RuleBroken(N_("Choose the workbook first."))
    antivirus.must_be_clean(file, tidy_name(file.filename))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"structure{Path(file.filename).suffix.lower()[:6]}"
        file.save(path)
        tables = workbook.read(path)
    return load(tables, congress_id(), on=clock.today(), **acting())


def _report(done: Loading) -> dict[str, Any]:
    """What became, or would become, of every row; wrong ones first, so that nobody has to look for them."""
    told = sorted(done.outcomes, key=lambda one: one.why is None)
    rows = [(one.sheet, one.row, one.name, one.outcome, sentence(one.why) if one.why else "") for one in told]
    return {
        "counts": {name: done.count(name) for name in OUTCOMES},
        "is_clean": done.is_clean,
        "rows": [row for row in rows if row[3] != "unchanged"][:MOST_SHOWN],
        "names": OUTCOMES,
    }
