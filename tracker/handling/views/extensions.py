"""Extensions asked for, and their decision."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.deadlines.lamps import Lamp, lamps
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment
from tracker.handling import decisions, drafted
from tracker.handling.clocks import REPLY_KINDS
from tracker.handling.forms import ExtensionDecisionForm
from tracker.handling.models import Extension
from tracker.handling.page import extension_words
from tracker.handling.views import pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.signing import acting
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook


@pages.get("/extensions")
@allow(*OFFICE, Role.HUB)
def extensions() -> Any:
    """Extensions asked and not decided, the oldest first."""
    asked = db.session.scalars(decisions.with_clocks(decisions.extensions_to_decide(visitor()))).unique().all()
    shining = lamps(visitor().congress_id, clock.today())
    rows = [(one, running, shining.of(running)) for one in asked if (running := _reply_clock(one.assignment))]
    if asked_for_sheet():
        return workbook(_("Extensions to decide"), _headers(), (_cells(*row) for row in rows))
    return render_template("handling/extensions.html", rows=rows, sheet_url=sheet_url())


def _headers() -> list[str]:
    return [
        _("Number"), _("Title"), _("Body"), _("Asked on"), _("Last day"), _("Asked until"), _("Reason"),
        _("How it stands"),
    ]  # fmt: skip


def _cells(asked: Extension, running: Deadline, light: Lamp | None) -> list[Any]:
    one = asked.assignment.suggestion
    return [
        one.number,
        "" if one.internal else one.title,
        in_language(asked.assignment.body),
        asked.asked_on,
        running.due_on,
        asked.proposed_on,
        asked.reason,
        f"{light.word}, {light.days_text}" if light else "",
    ]


@pages.route("/extensions/<int:extension_id>/decision", methods=["GET", "POST"])
@allow(*OFFICE, Role.HUB)
def decide_extension(extension_id: int) -> Any:
    form = ExtensionDecisionForm()
    done = _("Decided. The body is told; with more time, the deputy too.")
    if form.validate_on_submit() and obeys(form, lambda: acting.say(_decide(extension_id, form), done)):
        return once.done(url_for("handling.extensions"))
    asked = decisions.get_extension(extension_id, visitor())
    if not form.is_submitted():
        form.to.data = asked.proposed_on
    before = acting.drafted(drafted.EXTENSION, extension_id)
    if before is not None and not form.is_submitted():
        drafted.fill(form, before.facts)
    running = _reply_clock(asked.assignment)
    return render_template(
        "handling/decide_extension.html",
        form=form,
        asked=asked,
        assignment=asked.assignment,
        suggestion=asked.assignment.suggestion,
        running=running,
        latest_on=deadlines.latest_allowed(running) if running else None,
        extension_words=extension_words(asked.assignment),
        drafted=before,
    )


def _decide(extension_id: int, form: ExtensionDecisionForm) -> bool:
    asked = decisions.get_extension(extension_id, visitor())
    to = form.to.data.isoformat() if form.to.data else ""
    facts = {"granted": form.decision.data == "grant", "to": to, "note": form.note.data or ""}
    return acting.decide(drafted.EXTENSION, extension_id, facts, asked.assignment.suggestion_id)


def _reply_clock(assignment: Assignment) -> Any:
    running = [one for one in assignment.deadlines if one.is_open and one.kind in REPLY_KINDS]
    return running[0] if running else None
