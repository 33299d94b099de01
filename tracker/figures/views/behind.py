"""The items behind one number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from tracker.database import db
from tracker.figures import labels, seen
from tracker.figures.measure import Unit
from tracker.figures.measures import MEASURES
from tracker.figures.seen import Cell
from tracker.figures.views import READERS, pages
from tracker.figures.views.asked import asked_cell, asked_count
from tracker.handling.names import PARTS
from tracker.people.visitors import visitor
from tracker.suggestion.queries import sees_all_of_it
from tracker.web.commas import asked_for_commas, commas, commas_url
from tracker.web.filters import in_language
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_page, most_counted
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

MOST_DOWNLOADED = 20_000
PLAIN = (Unit.PARTS, Unit.ITEMS)


@pages.get("/figures/items")
@allow(*READERS)
def items() -> Any:
    """Each item or item-body that was counted, with its days; who may not see the row has no list of it."""
    cell, asking, made = asked_cell(), visitor(), asked_count()
    seen.must_be_theirs(asking, cell)
    if made is None:
        return render_template("figures/none.html")
    wanted = seen.narrowed(seen.behind(asking, cell), made.id, cell)
    if asked_for_sheet() or asked_for_commas():
        write = workbook if asked_for_sheet() else commas
        every = db.session.execute(wanted.limit(MOST_DOWNLOADED))
        return write(_title(cell, asking.congress_id), _headers(cell), _cells(every), what="figures.items")
    number = asked_page()
    most, measure = most_counted(number), MEASURES[cell.measure]
    rows = list(db.session.execute(wanted.offset((number - 1) * ROWS).limit(ROWS)))
    told = seen.number_told(asking, made.id, cell)
    is_whole = measure.unit in PLAIN and sees_all_of_it(asking) and cell.measure != "items"
    total = told if is_whole else seen.count(wanted, most)  # who sees everything is told the number that was counted
    told = told or total
    return render_template(
        "figures/items.html",
        made=made,
        cell=cell,
        measure=measure,
        unit=labels.unit(measure),
        of=labels.labels(cell.dimension, [cell.key], asking.congress_id)[cell.key],
        period=_period(cell, asking.congress_id),
        told=told,
        hidden=told - total if measure.unit in PLAIN and total < min(told, most) else 0,
        has_number=measure.unit not in PLAIN,
        has_body=any(row.name for row in rows),
        page=Page(rows, number, total, or_more=not is_whole and total == most),
        part_names=PARTS,
        download_url=sheet_url(),
        commas_url=commas_url(),
    )


def _title(cell: Cell, congress_id: int | None) -> str:
    of = labels.labels(cell.dimension, [cell.key], congress_id)[cell.key]
    return f"{_(MEASURES[cell.measure].name)} {of}"


def _period(cell: Cell, congress_id: int | None) -> str:
    return dict(labels.periods([cell.period], congress_id)).get(cell.period, _("All years"))


def _headers(cell: Cell) -> list[str]:
    days = [_("Given on"), _("Ended on"), _("First last day"), _("Last day")]
    return [_("Number"), _("Title"), _("Body"), _("Part"), _("Round"), *days, _(MEASURES[cell.measure].name)]


def _cells(rows: Iterable[Any]) -> Iterable[list[Any]]:
    for row in rows:
        body, part = (in_language(row), _(PARTS[row.part])) if row.name else ("", "")
        days = [row.began_on, row.ended_on, row.original_due_on, row.due_on]
        yield [row.number, "" if row.internal else row.title, body, part, row.round, *days, row.number_of]
