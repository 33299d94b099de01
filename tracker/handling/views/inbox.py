"""The body's inbox."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.lamps import lamps
from tracker.dispatch.models import Part
from tracker.handling import inbox as box
from tracker.handling.inbox import SHOWN, Show
from tracker.handling.names import PARTS
from tracker.handling.views import pages
from tracker.people.visitors import visitor
from tracker.roles import BODY, Role
from tracker.suggestion.journey import NAMES, Standing
from tracker.web.addresses import form_of, url_for
from tracker.web.gate import allow
from tracker.web.languages import spoken_now
from tracker.web.paging import asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook


@pages.get("/inbox")
@allow(*BODY, Role.HUB)
def inbox() -> Any:
    show = Show(request.args["show"]) if request.args.get("show") in set(Show) else Show.OPEN
    shining = lamps(visitor().congress_id, clock.today())
    if asked_for_sheet():
        return workbook(_("Our inbox"), _headers(), [_cells(row) for row in box.listed(visitor(), show, shining)])
    return render_template(
        "handling/inbox.html",
        page=box.page_of(visitor(), show, shining, asked_page()),
        show=show,
        shown=[(one, SHOWN[one], url_for("handling.inbox", show=str(one))) for one in Show],
        download_url=sheet_url(),
        words=_words(spoken_now()),
        open_url=form_of("handling.assignment", "assignment_id"),
    )


@cache
def _words(_language: str) -> dict[str, str]:
    """Parts and standings in the language spoken now."""
    parts, standings = {str(one): _(name) for one, name in PARTS.items()}, {str(one): _(NAMES[one]) for one in Standing}
    return {**parts, **standings}


def _headers() -> list[str]:
    return [
        _("Number"),
        _("Title"),
        _("Lead deputy"),
        _("Part"),
        _("Round"),
        _("Standing"),
        _("Handed over on"),
        _("First last day"),
        _("Last day"),
        _("Answered on"),
        _("How it stands"),
    ]


def _cells(row: box.Row) -> list[Any]:
    return [
        row.number,
        row.title,
        row.deputy or "",
        _(PARTS[Part(row.part)]),
        row.round,
        _(NAMES[Standing(row.standing)]),
        row.handed_over_on,
        row.original_due_on or "",
        row.due_on or "",
        row.met_on or "",
        f"{row.lamp.word}, {row.lamp.days_text}" if row.lamp else "",
    ]
