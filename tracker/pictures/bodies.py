"""Load and punctuality of each body, from the last count: who is last, and of whom too little is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.figures import rules, tables
from tracker.figures.models import Dimension, Reckoning
from tracker.figures.tables import Figures
from tracker.pictures import names
from tracker.pictures.whose import bodies_of
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.web.addresses import url_for
from tracker.web.drawing.measured import Picture, Row
from tracker.web.filters import in_language
from tracker.web.languages import gettext as _

MEASURE = "late_original"


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


def figures_of(visitor: Visitor, reckoning: Reckoning, period: str) -> tuple[list[Figures], dict[str, str]]:
    """The rows of the bodies this visitor may compare, and what each is called."""
    wanted = sa.select(Body.id, Body.name, Body.name_en).where(Body.congress_id == visitor.congress_id)
    theirs = bodies_of(visitor)
    if theirs is not None:
        wanted = wanted.where(Body.id.in_(theirs))
    called = {str(row.id): in_language(row) for row in db.session.execute(wanted)}
    keys = None if theirs is None else list(called)
    return tables.rows(reckoning, Dimension.BODY, period=period, keys=keys), called


def punctuality(rows: Iterable[Figures], called: Mapping[str, str], id: str) -> Picture:
    """One row a body: what is open and what was answered, against the first and the present last day."""
    title, desc = _("Load and punctuality by body"), _("Every body on the same scale.")
    made = [_row(row, called.get(row.key, row.key)) for row in rows]
    return Picture(id, title, desc, names.punctuality_kinds(), made, _("Body"), _("item-bodies"), _("To be answered"))


def _row(row: Figures, name: str) -> Row:
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
    return Row(name, values, url=url_for("pictures.open_replies", body=row.key), note=note)
