"""The page of what we cannot see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.text import kind_name
from tracker.errors import N_
from tracker.figures import queries
from tracker.figures.names import ACTS, BY_CLOCK, KINDS, PEOPLE, WHO
from tracker.figures.views import pages
from tracker.people.visitors import visitor
from tracker.roles import SEES_ALL
from tracker.web.filters import in_language
from tracker.web.gate import allow, may_open
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

MOST_DOWNLOADED = 20_000
BODY = N_("Body")
NO_ITEM = ("mute", "dead_letter", *PEOPLE)  # these lines are no suggestions


@dataclass(frozen=True)
class Line:
    """One thing we cannot see, and where something can be done about it."""

    number: str
    title: str
    body: str
    since_on: date | None
    url: str
    clock: str = ""


@pages.get("/unseen")
@allow(*SEES_ALL)
def unseen() -> Any:
    """What no figure can hold, each line with its act; it opens the weekly bulletin too."""
    if asked_for_sheet():
        found = queries.unseen(visitor(), clock.today(), most=MOST_DOWNLOADED)
        return workbook(
            _("What we cannot see"), _headers(), [_cells(one.kind, _line(one, row)) for one, row in _all(found)]
        )
    found = queries.unseen(visitor(), clock.today())
    return render_template(
        "figures/unseen.html",
        found=[
            (one, KINDS[one.kind], ACTS[one.kind], WHO.get(one.kind, BODY), [_line(one, row) for row in one.rows])
            for one in found
        ],
        download_url=sheet_url(),
    )


def _all(found: list[queries.Blind]) -> list[tuple[queries.Blind, Any]]:
    return [(one, row) for one in found for row in one.rows]


def _headers() -> list[str]:
    return [_("What"), _("Number"), _("Title"), _("Body"), _("Since, or last day"), _("Clock")]


def _cells(kind: str, line: Line) -> tuple[Any, ...]:
    return _(KINDS[kind]), line.number, line.title, line.body, line.since_on, line.clock


def _line(one: queries.Blind, row: Any) -> Line:
    where = _place(one.kind, row)
    if one.kind == "mute":
        return Line("", "", in_language(row), None, where)
    if one.kind in PEOPLE:
        return Line("", getattr(row, "address", ""), row.name, None, where)
    if one.kind == "dead_letter":
        return Line("", row.subject, f"{row.to_name} {row.to_address}".strip(), row.written_at.date(), where)
    clock_name = kind_name(row.kind) if one.kind in BY_CLOCK else ""
    return Line(row.number or "", row.title, in_language(row) if row.name else "", row.since_on, where, clock_name)


def _place(kind: str, row: Any) -> str:
    """Where it can be mended, else where it can be seen; nowhere for who may do neither."""
    for named, values in PLACES.get(kind, ()):
        endpoint = named % row.person if "%s" in named else named
        if may_open(endpoint):
            return url_for(endpoint, **values(row))
    return url_for("register.show", suggestion_id=row.id) if kind not in NO_ITEM else ""


PLACES: dict[str, tuple[tuple[str, Callable[[Any], dict[str, Any]]], ...]] = {
    "mute": (("structure.add_officer", lambda row: {"body": row.id}), ("structure.officers", lambda _row: {})),
    "faceless": (
        ("structure.amend_deputy", lambda row: {"deputy_id": row.id}),
        ("structure.deputies", lambda _row: {}),
    ),
    "dead_address": (("structure.amend_%s", lambda row: {f"{row.person}_id": row.id}),),
    "unreached": (("handling.undelivered", lambda _row: {}),),
    "dead_letter": (("mail.letter", lambda row: {"letter_id": row.id}),),
    "provisional": (
        ("deadlines.year", lambda row: {"year": row.since_on.year}),
        ("deadlines.rules", lambda row: {"year": row.since_on.year}),
    ),
    "undelivered": (("handling.reading", lambda _row: {}),),
    "undated": (("followup.add", lambda row: {"reply_id": row.reply_id}),),
}
