"""The people at bodies as printed ledgers name them: who answers for it, who handles it, who is in charge above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.dispatch.models import ANSWERING, Part
from tracker.structure.models import Rank
from tracker.structure.queries import bodies, charges_of, officers_of


class Leaders:
    """Read once for all bodies of a congress: two statements, and one for the bodies."""

    def __init__(self, congress_id: int, *, on: date) -> None:
        ids = [one.id for one in bodies(congress_id)]
        self.at: dict[tuple[int, Rank], list[str]] = {}
        self.above: dict[int, list[str]] = {}
        for officer in officers_of(ids, Rank.HANDLER, Rank.DEPUTY_HEAD, Rank.HEAD):
            if officer.body_id is not None:
                self.at.setdefault((officer.body_id, officer.rank), []).append(officer.name)
        for charge, officer in charges_of(ids, on=on):
            self.above.setdefault(charge.body_id, []).append(officer.name)

    def handling(self, named: Iterable[tuple[int, Part]]) -> list[str]:
        return self._first(named, Rank.HANDLER)

    def answerable(self, named: Iterable[tuple[int, Part]]) -> list[str]:
        """The deputy head in charge at the answering body, or its head."""
        return self._first(named, Rank.DEPUTY_HEAD, Rank.HEAD)

    def supervising(self, named: Iterable[tuple[int, Part]]) -> list[str]:
        """The leaders in charge of the answering bodies (分管)."""
        return [name for body_id in _answering(named) for name in self.above.get(body_id, [])]

    def _first(self, named: Iterable[tuple[int, Part]], *ranks: Rank) -> list[str]:
        found: list[str] = []
        for body_id in _answering(named):
            found += next((names for rank in ranks if (names := self.at.get((body_id, rank)))), [])[:1]
        return found


def _answering(named: Iterable[tuple[int, Part]]) -> Sequence[int]:
    return [body_id for body_id, part in named if part in ANSWERING]
