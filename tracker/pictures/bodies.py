"""Load and punctuality of each body, from the last count: who is last, and of whom too little is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.database import db
from tracker.figures import rules, statements, tables
from tracker.figures.models import Dimension, Reckoning
from tracker.figures.seen import whose
from tracker.figures.tables import Figures
from tracker.pictures import names
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.web.addresses import url_for
from tracker.web.drawing.measured import Picture, Row
from tracker.web.filters import in_language
from tracker.web.languages import gettext as _

MEASURE = "late_original"
# Of what is drawn that which the last count has a list of by itself.
BEHIND = {
    "total": "main",
    "open_late": "open_late_current",
    "answered_in_time": "in_time_original",
    "no_clock": "no_clock",
}


@dataclass
class Ranked:
    """Bodies in three groups: with enough to be compared, the worst first; with too few; and those that never answered
    anything though their time has passed. These are not “neutral”: they stand last, with the word.
    """

    compared: list[Figures] = field(default_factory=list)
    few: list[Figures] = field(default_factory=list)
    never: list[Figures] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Figures]) -> Ranked:
        found = cls()
        left: list[Figures] = []
        for row in rows:
            if row["main"]:
                never = not row["answered"] and (row["due_original"] or row["no_clock"])
                (found.never if never else left).append(row)
        in_order = rules.ranked(left, lambda row: row.standing(MEASURE), worst_is_most=True, worst_first=True)
        found.compared = in_order.compared
        found.few = sorted(in_order.too_few, key=lambda row: (-row[MEASURE], -row["main"]))
        found.never.sort(key=lambda row: row[MEASURE])
        return found


class Called(NamedTuple):
    """What a body is called, and what it says of its figures itself (单位说明)."""

    name: str
    said: str = ""


def figures_of(visitor: Visitor, reckoning: Reckoning, period: str) -> tuple[list[Figures], dict[str, Called]]:
    """The rows of the bodies this visitor may compare, and what each is called and says."""
    wanted = sa.select(Body.id, Body.name, Body.name_en).where(Body.congress_id == visitor.congress_id)
    theirs = whose(visitor)
    if theirs is not None:
        wanted = wanted.where(Body.id.in_(theirs))
    bodies = db.session.execute(wanted).all()
    said = statements.latest_of([row.id for row in bodies])
    called = {str(row.id): Called(in_language(row), said[row.id].text if row.id in said else "") for row in bodies}
    keys = None if theirs is None else list(called)
    return tables.rows(reckoning, Dimension.BODY, period=period, keys=keys), called


def punctuality(rows: Iterable[Figures], called: Mapping[str, Called], id: str, period: str) -> Picture:
    """One row a body: what is open and what was answered, against the first and the present last day."""
    title, desc = _("Load and punctuality by body"), _("Every body on the same scale.")
    made = [_row(row, called.get(row.key, Called(row.key)), period) for row in rows]
    return Picture(id, title, desc, names.punctuality_kinds(), made, _("Body"), _("item-bodies"), _("To be answered"))


def _row(row: Figures, called: Called, period: str) -> Row:
    share = row.share(MEASURE)
    over, now = row["open_late_original"], row["open_late_current"]
    values = {
        "open_late": now,
        "open_moved": max(0, over - now),
        "no_clock": row["no_clock"],
        "answered_late": row[MEASURE] - over,
        "answered_in_time": row["answered"] - row[MEASURE] + over,
        "open_in_time": row["open"] - max(over, now) - row["no_clock"],
    }
    facts: dict[str, Any] = {"main": row["main"], "part": share.part, "whole": share.whole, "share": share.percent}
    note = _("To be answered %(main)s; of %(whole)s due, late against the first last day %(part)s.", **facts)
    if share.percent is not None:
        note = _(
            "To be answered %(main)s; of %(whole)s due, late against the first last day %(part)s (%(share)s %%).",
            **facts,
        )
    urls = {kind: _behind(measure, row.key, period) for kind, measure in BEHIND.items()}
    own = url_for("figures.body", body_id=int(row.key))
    return Row(called.name, values, urls, own, note, called.said)


def _behind(measure: str, key: str, period: str) -> str:
    """The list of what was counted."""
    return url_for("figures.items", measure=measure, by="body", key=key, period=period)
