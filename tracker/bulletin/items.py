"""The lines of a frozen issue, read from their rows as they are needed: a province's never lies in memory whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.models import IssueItem
from tracker.bulletin.rules import some_at_a_time
from tracker.database import db, streamed

AT_ONCE = 500
Item = dict[str, Any]


class Items:
    """The lines of one issue in their order, the most harmful first. A place is the line's number less one."""

    def __init__(self, issue_id: int) -> None:
        self.issue_id = issue_id

    def __len__(self) -> int:
        last = sa.select(sa.func.max(IssueItem.no)).where(IssueItem.issue_id == self.issue_id)
        return db.session.scalar(last) or 0

    def __iter__(self) -> Iterator[Item]:
        after = 0
        while some := self._said(IssueItem.no > after, AT_ONCE):
            yield from (said for _no, said in some)
            after = some[-1][0]

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Iterable) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.issue_id)

    def at(self, places: Iterable[int]) -> Iterator[Item]:
        """The lines at these places, in their order."""
        for some in some_at_a_time(places, AT_ONCE):
            found = dict(self._said(IssueItem.no.in_([place + 1 for place in some])))
            yield from (found[place + 1] for place in some)

    def traits(self) -> Iterator[Any]:
        """Whose part each line belongs to, in order, as TRAITS has it."""
        wanted = sa.select(*TRAITS).where(IssueItem.issue_id == self.issue_id).order_by(IssueItem.no)
        return iter(streamed(wanted, AT_ONCE))

    def _said(self, which: Any, limit: int | None = None) -> list[tuple[int, Item]]:
        wanted = sa.select(IssueItem.no, IssueItem.said).where(IssueItem.issue_id == self.issue_id, which)
        return [(no, said) for no, said in db.session.execute(wanted.order_by(IssueItem.no).limit(limit))]


TRAITS = (
    IssueItem.section,
    IssueItem.body_id,
    IssueItem.branch,
    IssueItem.deputy_id,
    IssueItem.key,
    IssueItem.internal,
    IssueItem.assignment_id,
)


class Lines(Sequence[Item]):
    """A reader's lines: counted without being read, and read only where one looks."""

    def __init__(self, items: Items | Sequence[Item], places: Sequence[int]) -> None:
        self.items, self.places = items, places

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Item]:
        return self._read(self.places)

    def __getitem__(self, where: Any) -> Any:
        if isinstance(where, slice):
            return Lines(self.items, self.places[where])
        return next(self._read([self.places[where]]))

    def _read(self, places: Sequence[int]) -> Iterator[Item]:
        if isinstance(self.items, Items):
            return self.items.at(places)
        return (self.items[place] for place in places)
