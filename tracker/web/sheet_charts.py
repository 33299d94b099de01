"""A picture in a workbook: its numbers as numbers, and beside them the chart the spreadsheet program draws of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.web.drawing.measured import Kind, Picture
from tracker.web.drawing.names import width

NARROWEST, WIDEST = 10, 50
SIZE = {"width": 760, "height": 420}
# Colour and pattern of each look, so that a grey print tells them apart too.
GROUNDS = {
    "green": "#9AD3B0", "blue": "#CFE3F5", "yellow": "#FFE9A8", "orange": "#D96A00", "red": "#C62A22",
    "purple": "#4B1A68", "grey": "#F1F3F5", "a": "#143766", "b": "#2271B5",
    "c": "#CFE3F5", "d": "#D3DAE1", "e": "#FFFFFF",
    "now": "#143766", "before": "#8796A5",
}  # fmt: skip
PATTERNS = {
    "yellow": "dotted_diamond", "orange": "wide_upward_diagonal", "red": "trellis", "blue": "light_horizontal",
    "b": "wide_upward_diagonal", "c": "percent_20", "d": "light_vertical", "e": "light_horizontal",
}  # fmt: skip
INK = "#1F2933"
KINDS = {
    "bar": {"type": "bar", "subtype": "stacked"},
    "column": {"type": "column", "subtype": "stacked"},
    "beside": {"type": "bar"},
    "line": {"type": "line"},
}


@dataclass(frozen=True)
class Charted:
    """One sheet with a picture: drawn as bar or column (stacked), as bars beside each other, or as line."""

    title: str
    picture: Picture
    drawn_as: str


def put(file: Any, page: Any, formats: Mapping[str, Any], sheet: Charted, look: Callable[[str], str]) -> None:
    """Write the numbers, one row a row and one column a kind, and the chart under them."""
    picture = sheet.picture
    heads = [picture.first, *(kind.name for kind in picture.kinds), *([picture.total] if picture.total else [])]
    for column, head in enumerate(heads):
        page.write_string(0, column, head, formats["head"])
        page.set_column(column, column, min(WIDEST, max(NARROWEST, width(head) + 2)))
    longest = max((width(row.name) for row in picture.rows), default=0)
    page.set_column(0, 0, min(WIDEST, max(NARROWEST, longest + 2)))
    for number, row in enumerate(picture.rows, start=1):
        page.write_string(number, 0, row.name, formats[look(row.name)])
        values = [row.values.get(kind.key) for kind in picture.kinds]
        for column, value in enumerate([*values, *([row.total(picture.kinds)] if picture.total else [])], start=1):
            if value is not None:
                page.write_number(number, column, value)
    page.freeze_panes(1, 1)
    if picture.rows:
        page.insert_chart(len(picture.rows) + 2, 0, _chart(file, page.get_name(), sheet))


def _chart(file: Any, name: str, sheet: Charted) -> Any:
    picture, is_line = sheet.picture, sheet.drawn_as == "line"
    chart = file.add_chart(KINDS[sheet.drawn_as])
    last = len(picture.rows)
    for column, one in enumerate(picture.kinds, start=1):
        chart.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, column, last, column],
                **(_stroke(one) if is_line else _fill(one)),
            }
        )
    chart.set_title({"name": f"{picture.title} ({picture.unit})", "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    is_lying = sheet.drawn_as in ("bar", "beside")
    chart.set_size(SIZE | {"height": max(SIZE["height"], 22 * last + 140)} if is_lying else SIZE)
    if is_lying:
        chart.set_y_axis({"reverse": True})  # as the table stands, the first row on top
        chart.set_x_axis({"num_format": "0"})
    chart.show_blanks_as("gap")
    return chart


def _fill(kind: Kind) -> dict[str, Any]:
    ground, pattern = GROUNDS[kind.look], PATTERNS.get(kind.look)
    border = {"border": {"color": INK, "width": 0.75}}
    if pattern is None:
        return {**border, "fill": {"color": ground}}
    return {**border, "pattern": {"pattern": pattern, "fg_color": INK, "bg_color": ground}}


def _stroke(kind: Kind) -> dict[str, Any]:
    is_now = kind.look != "before"
    line = {"color": GROUNDS[kind.look], "width": 2.5 if is_now else 2, "dash_type": "solid" if is_now else "dash"}
    return {"line": line, "marker": {"type": "circle" if is_now else "square", "size": 5}}
