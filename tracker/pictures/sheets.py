"""The numbers of pictures as a workbook, each sheet with a chart of the program's own."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from tracker.pictures.names import PICTURES
from tracker.web.drawing.measured import Picture
from tracker.web.languages import gettext as _
from tracker.web.sheet_charts import Charted
from tracker.web.sheets import book, download


def charted(picture: Picture, drawn_as: str) -> Charted:
    """`drawn_as`: bar, column, line, or beside (bars beside each other, not one whole)."""
    return Charted(picture.title, picture, drawn_as)


def pictures_book(endpoint: str, sheets: Sequence[Charted]) -> Response:
    """The pictures of a page as a download."""
    titles = {name: title for name, title, _said in PICTURES}
    return download(_(titles[endpoint]), book(sheets), rows=sum(len(one.picture.rows) for one in sheets))
