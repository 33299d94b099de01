"""What bodies pass to each other: returns that were granted, changes of the lead, and what the office gave anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import render_template, request
from flask_babel import gettext as _

from tracker.held import passing as flow
from tracker.held.names import WAYS
from tracker.held.views import asked_which, frame, page_of, pages
from tracker.people.visitors import visitor
from tracker.roles import SEES_ALL, Role
from tracker.structure.queries import paired_with
from tracker.web.addresses import url_for
from tracker.web.filters import in_language, short_in_language
from tracker.web.gate import allow
from tracker.web.paging import asked_number, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

READERS = (*SEES_ALL, Role.HUB, Role.COMMITTEE)
SHOWN = 100  # pairs on the page
MOST_IN_MATRIX = 14  # bodies; more than that is read in the table, for a picture of it no page has room


@dataclass(frozen=True)
class Name:
    """A body's names out of a row of pairs."""

    name: str
    name_en: str | None
    short_name: str | None


@dataclass(frozen=True)
class Matrix:
    """From the bodies of the rows to those of the columns: how many, and how dark (0 to 4)."""

    rows: list[tuple[int, str]]
    columns: list[tuple[int, str]]
    cells: dict[tuple[int, int], tuple[int, int, int]]
    is_whole: bool


@pages.get("/figures/passing")
@allow(*READERS)
def between() -> Any:
    """Who passes to whom, how often, and how many days were lost by it."""
    found = flow.flows(asked_which(), _theirs())
    if asked_for_sheet():
        return workbook(_("From body to body"), _headers(), [_cells(one) for one in found])
    kept = {"meeting": asked_number("meeting")} if asked_number("meeting") else {}
    matrix = _matrix(found)
    drawn = [one for one in found if matrix and (one.from_body_id, one.to_body_id) in matrix.cells]
    return render_template(
        "held/between.html",
        flows=[(one, _from(one), _to(one), _url(one, kept)) for one in found[:SHOWN]],
        pairs=len(found),
        matrix=matrix,
        cell_urls={(one.from_body_id, one.to_body_id): _url(one, kept) for one in drawn},
        total=sum(one.times for one in found),
        days=sum(one.days for one in found),
        download_url=sheet_url(),
        **frame("held.between"),
    )


@pages.get("/figures/passing/items")
@allow(*READERS)
def passed() -> str:
    """The suggestions behind a cell, the most days lost first."""
    number, which = asked_page(), asked_which()
    from_id, to_id = asked_number("from"), asked_number("to")
    rows = flow.passed_on(visitor(), which, from_id, to_id, number)
    return render_template(
        "held/passed.html",
        page=page_of(rows, number),
        way_names=WAYS,
        back_url=url_for("held.between", **{name: request.args[name] for name in ("meeting",) if name in request.args}),
        **frame("held.between"),
    )


def _theirs() -> sa.ColumnElement[bool] | None:
    """A hub sees what its own bodies pass on or are given, a committee that of the bodies it is paired with."""
    asking = visitor()
    if asking.role is Role.HUB:
        return sa.or_(flow.FROM.hub_id == asking.body_id, flow.TO.hub_id == asking.body_id)
    if asking.role is Role.COMMITTEE:
        paired = paired_with(asking.body_id)
        return sa.or_(flow.FROM.id.in_(paired), flow.TO.id.in_(paired))
    return None


def _matrix(found: list[Any]) -> Matrix | None:
    """The pairs as a table of bodies by bodies, of those with most; None where there is nothing."""
    if not found:
        return None
    kept, names = set[int](), dict[int, tuple[Any, str]]()
    for one in found:
        names[one.from_body_id] = one.from_sort, short_in_language(_name(one, "from"))
        names[one.to_body_id] = one.to_sort, short_in_language(_name(one, "to"))
        if len(kept | {one.from_body_id, one.to_body_id}) <= MOST_IN_MATRIX:
            kept |= {one.from_body_id, one.to_body_id}
    most = max(one.times for one in found)
    cells = {
        (one.from_body_id, one.to_body_id): (one.times, one.days, 1 + 3 * (one.times - 1) // max(1, most - 1))
        for one in found
        if {one.from_body_id, one.to_body_id} <= kept
    }
    ordered = sorted(kept, key=lambda number: (names[number][0] or 0, number))
    rows = [(one, names[one][1]) for one in ordered if any(pair[0] == one for pair in cells)]
    columns = [(one, names[one][1]) for one in ordered if any(pair[1] == one for pair in cells)]
    return Matrix(rows, columns, cells, len(kept) == len(names))


def _name(one: Any, side: str) -> Name:
    return Name(*(getattr(one, f"{side}_{field}") for field in ("name", "name_en", "short")))


def _from(one: Any) -> str:
    return in_language(_name(one, "from"))


def _to(one: Any) -> str:
    return in_language(_name(one, "to"))


def _url(one: Any, kept: dict[str, Any]) -> str:
    return url_for("held.passed", **{"from": one.from_body_id, "to": one.to_body_id}, **kept)


def _headers() -> list[str]:
    return [_("From body"), _("To body"), _("Times"), _("Calendar days lost"), _("Working days lost"), _("Longest")]


def _cells(one: Any) -> tuple[Any, ...]:
    return _from(one), _to(one), one.times, one.days, one.working_days, one.longest
