"""Load and punctuality of each body, as the last issue froze them: who is last, and of whom too little is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.bulletin.text import body_name, rate_text
from tracker.pictures import names
from tracker.pictures.rules import SMALL
from tracker.web.addresses import url_for
from tracker.web.drawing.measured import Picture, Row
from tracker.web.languages import gettext as _


@dataclass
class Ranked:
    """Bodies in three groups: with enough to be compared, with too few, and those that never finished anything."""

    compared: list[Mapping[str, Any]] = field(default_factory=list)
    few: list[Mapping[str, Any]] = field(default_factory=list)
    never: list[Mapping[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Ranked:
        """The worst first: by the part that was or is late against the first last day, what is open and late counted
        as late. Who never answered anything though its time has passed is not “neutral”: it stands last, with the word.
        """
        ranked = cls()
        for row in rows:
            if not row["answered"] and row["open_late_original"]:
                ranked.never.append(row)
            elif row["total"] < SMALL:
                ranked.few.append(row)
            else:
                ranked.compared.append(row)
        ranked.compared.sort(key=lambda row: (-row["late"] / row["total"], -row["late"], row["body"]))
        ranked.few.sort(key=lambda row: (-row["late"], row["body"]))
        ranked.never.sort(key=lambda row: (row["open_late_original"], row["body"]))
        return ranked


def punctuality(rows: Iterable[Mapping[str, Any]], id: str) -> Picture:
    """One row a body: what is open and what was answered, against the first and the present last day."""
    title, desc = _("Load and punctuality by body"), _("Every body on the same scale.")
    made = [_row(row) for row in rows]
    return Picture(id, title, desc, names.punctuality_kinds(), made, _("Body"), _("item-bodies"), _("Received"))


def _row(row: Mapping[str, Any]) -> Row:
    body = str(row["body_id"])
    values = {
        "answered_in_time": row["answered"] - row["answered_late"],
        "answered_late": row["answered_late"],
        "open_late": row["open_late"],
        "open_moved": max(0, row["open_late_original"] - row["open_late"]),
        "open_in_time": row["open"] - max(row["open_late_original"], row["open_late"]),
    }
    urls = {
        "open_late": url_for("pictures.open_replies", body=body, late="now"),
        "open_moved": url_for("pictures.open_replies", body=body, late="first_only"),
    }
    note = _(
        "Received %(total)s; late against the first last day, open ones counted: %(rate)s.",
        total=row["total"],
        rate=rate_text(row["late"], row["total"], row["late_share"]),
    )
    return Row(body_name(dict(row)), values, urls, url_for("pictures.open_replies", body=body), note)
