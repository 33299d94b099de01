"""What a table of figures is asked for, read from the address and kept in every link of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from tracker.errors import NotFound
from tracker.figures import tables
from tracker.figures.measure import Group, Weak
from tracker.figures.measures import MEASURES, of_group
from tracker.figures.models import Dimension, Reckoning
from tracker.figures.seen import Cell, sees_the_whole
from tracker.people.visitors import visitor
from tracker.web.paging import asked_number

# By which column a table stands in order until somebody chooses another.
FIRST_BY = {
    Group.TIME: "late_original",
    Group.WORK: "open",
    Group.PASSING: "return_asked",
    Group.CONTACT: "contact_none",
    Group.OUTCOME: "solved",
    Group.SATISFACTION: "last_dissatisfied",
    Group.PROMISES: "promises_missed",
    Group.SIGNALS: "signalled",
    Group.ITEMS: "items_late_original",
}
BODIES = (Dimension.BODY, Dimension.BRANCH)


@dataclass(frozen=True)
class Asked:
    """Which table of which count, of which period, and in which order."""

    dimension: Dimension
    group: Group
    period: str
    sort: str
    worst_first: bool
    count_id: int | None

    def url(self, **changes: Any) -> str:
        """The same with something else."""
        kept = {
            "by": str(self.dimension),
            "group": str(self.group),
            "period": self.period,
            "sort": self.sort,
            "order": None if self.worst_first else "best",
            "count": self.count_id,
        }
        return url_for("figures.index", **{**kept, **changes})

    @property
    def worst_is_most(self) -> bool:
        return MEASURES[self.sort].weak is not Weak.LITTLE


def asked_table() -> Asked:
    """What the address asks for; anything unknown is what is shown first."""
    sees_all = sees_the_whole(visitor())
    dimension = _word(Dimension, "by", Dimension.BODY) if sees_all else Dimension.BODY
    group = _word(Group, "group", Group.TIME)
    if dimension in BODIES and group is Group.ITEMS:
        group = Group.TIME
    keys = [one.key for one in of_group(group)]
    sort = request.args.get("sort", "")
    return Asked(
        dimension=dimension,
        group=group,
        period=asked_period(),
        sort=sort if sort in keys else FIRST_BY[group],
        worst_first=request.args.get("order") != "best",
        count_id=asked_number("count"),
    )


def asked_period() -> str:
    return request.args.get("period", tables.ALL)[:20] or tables.ALL


def asked_count(count_id: int | None = None) -> Reckoning | None:
    """The count asked for, else the last one; None where nothing was counted yet.

    :raises NotFound: this congress has no such count.
    """
    latest = tables.latest(visitor().congress_id)
    if count_id is None or latest is None or latest.id == count_id:
        return latest
    found = tables.find(count_id, visitor().congress_id)
    if found is None:
        raise NotFound
    return found


def asked_cell() -> Cell:
    """The cell whose items are asked for; without one, what is late of all one sees."""
    measure = request.args.get("measure", "")
    by = _word(Dimension, "by", Dimension.WHOLE)
    key = "" if by is Dimension.WHOLE else request.args.get("key", "")[:60]
    return Cell(measure if measure in MEASURES else "late_original", by, key, asked_period())


def _word(words: Any, name: str, first: Any) -> Any:
    given = request.args.get(name, "")
    return words(given) if given in set(words) else first
