"""The congress at a glance, its terms and meetings."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.roles import Role
from tracker.structure import actions, queries, tables
from tracker.structure.forms import MeetingForm, TermForm
from tracker.structure.names import LEVELS, MEETING_KINDS, STANDING_ORGANS
from tracker.structure.views import EDITORS, READERS, acting, congress_id, entry, given, pages, terms_or_none, visitor
from tracker.web import sheets
from tracker.web.gate import allow


@pages.get("")
@allow(*READERS, Role.HUB)
def index() -> Any:
    congress = queries.the_congress(congress_id())
    meetings = queries.meetings(congress.id)
    if sheets.asked_for_sheet():
        return _meetings_sheet(meetings)
    return render_template(
        "structure/index.html",
        congress=congress,
        level=LEVELS[congress.level],
        standing_organ=STANDING_ORGANS[congress.level],
        levels=LEVELS,
        congresses=tables.relatives(congress),
        counts=tables.counts(congress.id),
        terms=queries.terms(congress.id),
        meetings=meetings,
        kinds=MEETING_KINDS,
        sees_people=visitor().role in READERS,
        sheet_url=sheets.sheet_url(),
    )


def _meetings_sheet(meetings: list[Any]) -> Any:
    days = [_("Opened on"), _("Closed on"), _("Common last day")]
    headers = [_("Official name"), _("Kind"), _("Year"), *days, _("Last number")]
    rows = [
        (one.name, MEETING_KINDS[one.kind], one.year, one.opened_on, one.closed_on, one.common_due_on, one.last_number)
        for one in meetings
    ]
    return sheets.workbook(_("Meetings"), headers, rows)


@pages.route("/terms/new", methods=["GET", "POST"])
@allow(*EDITORS)
def add_term() -> Any:
    form, own = TermForm(), congress_id()
    return entry(
        _("Add a term"), form, lambda: actions.add_term(own, **given(form), **acting()), back=_home(), crumbs=_crumbs()
    )


@pages.route("/meetings/new", methods=["GET", "POST"])
@allow(*EDITORS)
def add_meeting() -> Any:
    form, own = MeetingForm(), congress_id()
    form.term_id.choices = terms_or_none()
    return entry(
        _("Add a meeting"),
        form,
        lambda: actions.add_meeting(own, **given(form), **acting()),
        back=_home(),
        crumbs=_crumbs(),
    )


@pages.route("/meetings/<int:meeting_id>", methods=["GET", "POST"])
@allow(*EDITORS)
def amend_meeting(meeting_id: int) -> Any:
    meeting = queries.get_meeting(meeting_id, congress_id())
    form = MeetingForm(obj=meeting)
    form.term_id.choices = terms_or_none()
    return entry(
        meeting.name,
        form,
        lambda: actions.amend_meeting(meeting, **given(form), **acting()),
        back=_home(),
        crumbs=_crumbs(),
    )


def _home() -> str:
    return url_for("structure.index")


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Structure"), _home())]
