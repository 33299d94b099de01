"""One file of the structure on its way in, and what became of its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tracker.actor import Actor
from tracker.errors import RuleBroken
from tracker.structure import queries


@dataclass(frozen=True)
class Outcome:
    """What became of one row: added, updated, unchanged or wrong; wrong ones say why."""

    sheet: str
    row: int
    name: str
    outcome: str
    why: RuleBroken | None = None


@dataclass
class Loading:
    """One file on its way in, for one congress; the caller commits, or rolls back when anything is wrong."""

    congress_id: int
    on: date
    by: Actor
    at: datetime
    outcomes: list[Outcome] = field(default_factory=list)
    later: list[tuple[int, Callable[[], bool]]] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not any(one.outcome == "wrong" for one in self.outcomes)

    def count(self, outcome: str) -> int:
        return sum(1 for one in self.outcomes if one.outcome == outcome)

    @property
    def acting(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    def once_all_are_there(self, step: Callable[[], bool]) -> None:
        """Do this for the present row when every row has been read; it answers whether it changed anything."""
        self.later.append((len(self.outcomes), step))


def term_here(under_way: Loading) -> int | None:
    """The term of a row that names none: the present one."""
    present = queries.present_term(under_way.congress_id)
    return present.id if present else None
