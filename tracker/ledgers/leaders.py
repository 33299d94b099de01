"""The people at bodies as printed ledgers name them: who answers for it, who handles it, who is in charge above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch.models import ANSWERING, Part
from tracker.structure.models import Charge, Officer, Rank

RANKS = (Rank.HANDLER, Rank.DEPUTY_HEAD, Rank.HEAD)


class Leaders:
    """Read once for all bodies of a congress, in two statements; who holds the post, present or not."""

    def __init__(self, congress_id: int, *, on: date) -> None:
        self.at: dict[tuple[int, Rank], list[str]] = {}
        self.above: dict[int, list[str]] = {}
        here = sa.and_(Officer.congress_id == congress_id, Officer.active.is_(True))
        posts = sa.select(Officer.body_id, Officer.rank, Officer.name).where(here, Officer.rank.in_(RANKS))
        for body_id, rank, name in db.session.execute(posts.order_by(Officer.id)):
            self.at.setdefault((body_id, rank), []).append(name)
        charges = sa.select(Charge.body_id, Officer.name).join(Officer, Officer.id == Charge.officer_id).where(here)
        charges = charges.where(Charge.from_on <= on, sa.or_(Charge.until_on.is_(None), Charge.until_on >= on))
        for body_id, name in db.session.execute(charges.order_by(Charge.from_on, Charge.id)):
            self.above.setdefault(body_id, []).append(name)

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
