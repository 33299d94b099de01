"""The register's page, read in columns: what one line shows of a suggestion, and nothing it does not show.

The statements are written once for each kind of visitor and shape of question, and run with his numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.database import columns
from tracker.deadlines.lamps import Lamp, Lamps, answered, not_rated
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import Assignment, Part
from tracker.feedback.rates import waits_in_vain
from tracker.register.asked import Asked, owed
from tracker.register.found import Passage
from tracker.register.shapes import FEW, Written, written_for
from tracker.register.words import NO_LONGER
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone, anyone, numbers
from tracker.suggestion.journey import Stage
from tracker.web.languages import spoken_now
from tracker.web.paging import ROWS, Page, most_counted


class Line(NamedTuple):
    """One line of the register: the suggestion, who answers, who helps, and how the most urgent reply stands."""

    id: int
    number: str | None
    title: str
    key: bool
    internal: bool
    round: int
    stage: str
    deputy: str | None
    delegation: str
    bodies: list[str]
    co_handlers: int
    lamp: Lamp | None
    passages: Sequence[Passage] = ()


def page_of(visitor: Visitor, asked: Asked, lamps: Lamps, number: int) -> Page:
    """One page of the list, or the last one if there are fewer; a long list is counted no farther than need be."""
    written, values = written_for(visitor, asked, lamps, number == 1)
    most = most_counted(number)
    total = columns(written.total, {**values, "most": most}).scalar_one()
    number = min(number, max(1, -(-total // ROWS)))
    if written.few is not None and total <= FEW:
        written = written._replace(page=written.few)
    found = _read(written, {**values, "offset": (number - 1) * ROWS, "limit": ROWS})
    return Page(_lines(found, visitor, lamps), number, total, or_more=total == most)


def _read(written: Written, values: dict[str, Any]) -> list[Any]:
    found = list(columns(written.page, values))
    if written.clocked is None or written.rest is None or len(found) == values["limit"]:
        return found
    before = columns(written.clocked, values).scalar_one()
    further = {"offset": max(0, values["offset"] - before), "limit": values["limit"] - len(found)}
    return [*found, *columns(written.rest, {**values, **further})]


@cache
def _parts(who: Anyone) -> sa.Select[Any]:
    """Who has the suggestions of a page, in the order they were given, each with its reply clock where one runs."""
    clock = sa.and_(Deadline.assignment_id == Assignment.id, *owed(who, Deadline, Assignment))
    return (
        sa.select(
            Assignment.suggestion_id,
            Assignment.id,
            sa.type_coerce(Assignment.part, sa.String).label("part"),
            sa.type_coerce(Assignment.standing, sa.String).label("standing"),
            Body.name,
            Body.name_en,
            Deadline.id.label("clock_id"),
            Deadline.due_on,
            Deadline.original_due_on,
            Deadline.rule_set_id,
            waits_in_vain(sa.bindparam("today", type_=sa.Date)).label("in_vain"),
        )
        .join(Body, Body.id == Assignment.body_id)
        .outerjoin(Deadline, clock)
        .where(Assignment.suggestion_id.in_(sa.bindparam("ids", expanding=True)))
        .order_by(Assignment.suggestion_id, Assignment.id)
    )


def _lines(found: list[Any], visitor: Visitor, lamps: Lamps) -> list[Line]:
    """The rows with their bodies and lamps: one statement for all of them."""
    if not found:
        return []
    asked = {**numbers(visitor), "ids": [row.id for row in found], "today": lamps.today}
    parts: dict[int, list[Any]] = {row.id: [] for row in found}
    for part in columns(_parts(anyone(visitor)), asked):
        parts[part.suggestion_id].append(part)
    blue, in_english = answered(), spoken_now() == "en"
    return [_line(row, parts[row.id], lamps, blue, in_english) for row in found]


def _line(row: Any, parts: Iterable[Any], lamps: Lamps, blue: Lamp, in_english: bool) -> Line:
    now = {one.id: one for one in parts if one.standing not in NO_LONGER}.values()
    bodies = [(in_english and one.name_en) or one.name for one in now if one.part != Part.CO]
    lamp = None
    if row.stage == Stage.ANSWERED:
        lamp = not_rated() if any(one.in_vain for one in parts) else blue
    clocks = [one for one in parts if one.clock_id is not None]
    if clocks:
        first = min(clocks, key=lambda one: (one.due_on, one.clock_id))
        lamp = lamps.of_days(first.due_on, first.original_due_on, first.rule_set_id, dissatisfied=row.round - 1)
    delegation = (in_english and row.name_en) or row.name or ""
    return Line._make((*row[:8], delegation, bodies, len(now) - len(bodies), lamp, ()))
