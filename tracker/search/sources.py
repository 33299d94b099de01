"""What of which rows is found by its words; every stage names its own (`StageOffer.texts`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.search.rules import Kind, pieces, place


def together(*values: str | None) -> str:
    return "\n".join(filter(None, values))


@dataclass(frozen=True)
class Source:
    """The texts of one kind: a model, the columns that are read, and how they become one text.

    `owner` is for rows that do not know their congress themselves: a model that does, and the column that names it.
    """

    kind: Kind
    model: Any
    columns: tuple[str, ...]
    text: Callable[..., str] = together
    owner: tuple[Any, str] | None = None

    def rows(self) -> sa.Select[Any]:
        """Id, congress and columns of all rows."""
        read = [getattr(self.model, name) for name in self.columns]
        if self.owner is None:
            return sa.select(self.model.id, self.model.congress_id, *read)
        owner, key = self.owner
        return sa.select(self.model.id, owner.congress_id, *read).join(owner, owner.id == getattr(self.model, key))

    def congress_of(self, row: Any, session: Any) -> int:
        if self.owner is None:
            return row.congress_id
        owner, key = self.owner
        return session.get_one(owner, getattr(row, key)).congress_id

    def entries(self, thing_id: int, congress_id: int, values: Iterable[Any]) -> list[tuple[int, str]]:
        """The pieces of one row's text with their numbers."""
        first = place(congress_id, self.kind, thing_id)
        return [(first + n, piece) for n, piece in enumerate(pieces(self.text(*values))) if piece]
