"""What a clock is about: the number of its suggestion and the body, found through what its columns point to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.database import Base, db
from tracker.deadlines.models import Deadline

_AT_ONCE = 500
_BY_ASSIGNMENT = ("return_id", "reply_id", "promise_id")


@dataclass(frozen=True)
class About:
    """Number and body are empty where there is none: a suggestion without a number, a clock of the office."""

    suggestion_id: int | None
    number: str
    body: str
    body_en: str


def about(deadline_ids: Sequence[int]) -> dict[int, About]:
    """Of clocks, by their id: in one statement for every five hundred."""
    found: dict[int, About] = {}
    for start in range(0, len(deadline_ids), _AT_ONCE):
        for row in db.session.execute(_asked(deadline_ids[start : start + _AT_ONCE])):
            found[row.id] = About(row.suggestion_id, row.number or "", row.name or "", row.name_en or "")
    return found


def _asked(ids: Sequence[int]) -> sa.Select[Any]:
    through = {name: _target(name) for name in _BY_ASSIGNMENT}
    given = _target("assignment_id")
    suggestion, body = _target("suggestion_id"), Base.metadata.tables["body"]
    joined: Any = Deadline.__table__
    for name, table in through.items():
        joined = joined.outerjoin(table, table.c.id == getattr(Deadline, name))
    its = sa.func.coalesce(Deadline.assignment_id, *(table.c.assignment_id for table in through.values()))
    joined = joined.outerjoin(given, given.c.id == its)
    joined = joined.outerjoin(
        suggestion, suggestion.c.id == sa.func.coalesce(Deadline.suggestion_id, given.c.suggestion_id)
    )
    joined = joined.outerjoin(body, body.c.id == given.c.body_id)
    shown = (Deadline.id, suggestion.c.id.label("suggestion_id"), suggestion.c.number, body.c.name, body.c.name_en)
    return sa.select(*shown).select_from(joined).where(Deadline.id.in_(ids))


def _target(name: str) -> Any:
    """The table a column of the clock points to."""
    [key] = Deadline.__table__.c[name].foreign_keys
    return key.column.table
