"""The lines of a frozen issue, read from their rows as they are needed: a province's never lies in memory whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.bulletin.models import IssueItem
from tracker.bulletin.rules import OF_INSTRUCTIONS, some_at_a_time
from tracker.database import db, streamed
from tracker.suggestion.models import Suggestion

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
        """The lines at these places, in their order, as shown: what was made internal since is only its number.
        The row itself stays as it was sealed.
        """
        for some in some_at_a_time(places, AT_ONCE):
            numbers = [place + 1 for place in some]
            of_lines = sa.and_(IssueItem.issue_id == self.issue_id, IssueItem.no.in_(numbers))
            rows = db.session.execute(_AS_SHOWN.where(of_lines))
            found = {
                row.no: hidden(row.said) if row.is_internal and not row.said["internal"] else row.said for row in rows
            }
            yield from (found[number] for number in numbers)

    def shown(self) -> Iterator[Item]:
        """All lines, as they are shown."""
        return self.at(range(len(self)))

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


_AS_SHOWN = sa.select(IssueItem.no, IssueItem.said, Suggestion.internal.label("is_internal")).outerjoin(
    Suggestion, Suggestion.id == IssueItem.said["suggestion_id"].as_integer()
)


def hidden(said: Item) -> Item:
    """A line whose suggestion was made internal after the issue: its number is left. A leader's name is no secret."""
    note = said["note"] if said["section"] in OF_INSTRUCTIONS else ""
    return {**said, "internal": True, "since_internal": True, "title": None, "deputy": None, "note": note}


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
