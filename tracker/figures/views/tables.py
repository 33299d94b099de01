"""The tables of figures, as a page and as a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.figures import labels, lines, statements, tables
from tracker.figures.lines import Table
from tracker.figures.measure import Group, Measure
from tracker.figures.measures import MEASURES, of_group
from tracker.figures.models import Dimension, Reckoning
from tracker.figures.seen import keys_of, sees_the_whole
from tracker.figures.views import READERS, pages
from tracker.figures.views.asked import BODIES, Asked, asked_count, asked_table
from tracker.people.visitors import visitor
from tracker.web.commas import asked_for_commas, commas, commas_url
from tracker.web.gate import allow
from tracker.web.numbers import row_number_or_zero
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

COUNTS_OFFERED = 15
OF_ALL = "*"  # the key of the row above all others


@pages.get("/figures")
@allow(*READERS)
def index() -> Any:
    """One table of the last count, or of an earlier one; each cell opens the list behind it."""
    asked, asking = asked_table(), visitor()
    made = asked_count(asked.count_id)
    if made is None:
        if asked_for_sheet():
            return workbook(_("Figures"), [_("Figures")], [])
        return render_template("figures/none.html")
    keys = keys_of(asking, asked.dimension)
    before = lines.a_year_before(made, asked.period)
    is_file = asked_for_sheet() or asked_for_commas()
    shown = _table(made, asked, keys, before, of_group(asked.group) if is_file else labels.shown(asked.group))
    if is_file:
        write = workbook if asked_for_sheet() else commas
        return write(_file_name(made, asked), _headers(shown), _rows(shown), what="figures.index")
    counts = tables.counts(asking.congress_id, COUNTS_OFFERED)
    is_latest = made.id == counts[0].id
    return render_template(
        "figures/index.html",
        made=made,
        asked=asked,
        shown=shown,
        sort=MEASURES[asked.sort],
        before=before,
        minimum=tables.minimum(asking.congress_id),
        dimensions=_called(labels.DIMENSIONS) if sees_the_whole(asking) else [],
        groups=[(one, name) for one, name in _called(labels.GROUPS) if not _is_apart(asked, one)],
        periods=labels.periods(tables.periods(made), asking.congress_id),
        counts=[(one.id, one.on.isoformat()) for one in counts],
        is_latest=is_latest,
        title_of=f"{_(labels.DIMENSIONS[asked.dimension])} · {_(labels.GROUPS[asked.group])}",
        row_name=_(labels.ROWS[asked.dimension]),
        headers=_columns(asked, shown, before),
        cell_url=(lambda key, cell: _cell_url(asked, key, cell)) if is_latest else (lambda _key, _cell: ""),
        row_url=_row_url if asked.dimension is Dimension.BODY else (lambda _key: ""),
        download_url=sheet_url(),
        commas_url=commas_url(),
    )


def _called(words: Mapping[Any, str]) -> list[tuple[Any, str]]:
    return [(one, _(name)) for one, name in words.items()]


def _is_apart(asked: Asked, group: Group) -> bool:
    """Items as a whole have no single body."""
    return group is Group.ITEMS and asked.dimension in BODIES


def _columns(asked: Asked, shown: Table, before: lines.Before | None) -> list[Any]:
    """Each column puts the table in order; pressed again, the other way round."""
    told: list[Any] = [_(labels.ROWS[asked.dimension])]
    for one in shown.measures:
        is_sorted = one.key == asked.sort
        order = "best" if is_sorted and asked.worst_first else None
        column = {"label": _(one.name), "number": True, "url": asked.url(sort=one.key, order=order)}
        if is_sorted:
            column["sorted"] = "descending" if asked.worst_first == asked.worst_is_most else "ascending"
        told.append(column)
    return [*told, {"label": _("A year before"), "number": True}] if before else told


def _table(
    made: Reckoning,
    asked: Asked,
    keys: Collection[str] | None,
    before: lines.Before | None,
    measures: Sequence[Measure],
) -> Table:
    found = tables.rows(made, asked.dimension, period=asked.period, keys=keys)
    is_body = asked.dimension is Dimension.BODY
    shown = lines.table(
        found,
        measures,
        MEASURES[asked.sort],
        names=labels.labels(asked.dimension, [row.key for row in found], made.congress_id),
        worst_first=asked.worst_first,
        before=lines.rows_before(before, asked.dimension, keys),
        statements=statements.latest_of(int(row.key) for row in found) if is_body else None,
    )
    if keys is None and asked.dimension is not Dimension.WHOLE:
        whole, earlier = tables.whole(made, period=asked.period), lines.rows_before(before, Dimension.WHOLE, None)
        past = lines.cell(earlier[""], MEASURES[asked.sort]) if earlier else None
        shown.whole = lines.Line(OF_ALL, _("In all"), [lines.cell(whole, one) for one in measures], past)
    return shown


def _cell_url(asked: Asked, key: str, cell: lines.Cell) -> str:
    """Where the items behind a number are; nowhere behind nothing."""
    if not cell.number:
        return ""
    of_all = key == OF_ALL
    by, its = (Dimension.WHOLE, "") if of_all else (asked.dimension, key)
    return url_for("figures.items", measure=cell.measure, by=by, key=its, period=asked.period)


def _row_url(key: str) -> str:
    period = request.args.get("period")
    return url_for("figures.body", body_id=number, period=period) if (number := row_number_or_zero(key)) else ""


def _file_name(made: Reckoning, asked: Asked) -> str:
    return f"{_('Figures')} {made.on.isoformat()} {_(labels.DIMENSIONS[asked.dimension])}"


def _headers(shown: Table) -> list[str]:
    told = [_("Row"), _("Compared")]
    for one in shown.measures:
        name = f"{_(one.name)} ({labels.unit(one)})"
        told += [
            name,
            _("%(measure)s: of how many", measure=_(one.name)),
            _("%(measure)s: in per cent, or each", measure=_(one.name)),
        ]
    return [*told, _("What the body says"), _("Said on")]


def _rows(shown: Table) -> list[list[Any]]:
    compared = {id(one) for one in shown.compared}
    return [
        [
            one.name,
            "" if one is shown.whole else _("yes") if id(one) in compared else _("too few to compare"),
            *(text for cell in one.cells for text in lines.texts(cell)),
            one.statement.text if one.statement else "",
            one.statement.on if one.statement else "",
        ]
        for one in ([shown.whole] if shown.whole else []) + shown.lines
    ]
