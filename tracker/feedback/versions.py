"""Ratings have versions: which one counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import batches, db
from tracker.dispatch.models import Assignment
from tracker.feedback.models import COLUMNS, Rating, Verdict
from tracker.handling.models import Reply
from tracker.suggestion.models import Suggestion

_LATER = aliased(Rating)
LATEST = ~sa.exists().where(
    _LATER.reply_id == Rating.reply_id, _LATER.deputy_id == Rating.deputy_id, _LATER.version > Rating.version
)
_SAID = tuple(getattr(Rating, column) for column in COLUMNS.values())
DISSATISFIED = sa.or_(*(said == Verdict.DISSATISFIED for said in _SAID))
CONTENT = sa.and_(*(sa.or_(said.is_(None), said != Verdict.DISSATISFIED) for said in _SAID))


def latest_of(reply_id: int, deputy_id: int) -> Rating | None:
    """What this deputy thinks of this reply now, if he ever said."""
    return latest_of_all([reply_id]).get((reply_id, deputy_id))


def latest_of_all(reply_ids: Sequence[int]) -> dict[tuple[int, int], Rating]:
    """What the deputies think of these replies now, by reply and deputy."""
    found: dict[tuple[int, int], Rating] = {}
    for some in batches(reply_ids):
        wanted = sa.select(Rating).where(Rating.reply_id.in_(some)).order_by(Rating.version, Rating.id)
        found |= {(one.reply_id, one.deputy_id): one for one in db.session.scalars(wanted)}
    return found


@dataclass(frozen=True)
class Said:
    """What one deputy thinks of one reply: the last word, and the earlier ones it took the place of."""

    now: Rating
    before: tuple[Rating, ...] = ()

    @property
    def flipped(self) -> bool:
        """From dissatisfied to something better."""
        return not self.now.is_dissatisfied and any(one.is_dissatisfied for one in self.before)


def versions_of(ratings: Iterable[Rating]) -> list[Said]:
    """Ratings in the order they were given, each with what was said before it by the same deputy of the same reply."""
    found: dict[tuple[int, int], list[Rating]] = {}
    for one in ratings:
        found.setdefault((one.reply_id, one.deputy_id), []).append(one)
    return [Said(said[-1], tuple(said[:-1])) for said in found.values()]


def worst_results(assignment_ids: Sequence[int]) -> dict[int, Verdict]:
    """By suggestion: one that several bodies answer is as satisfied as its worst reply, by the lead deputy's last word
    on each.
    """
    found: dict[int, Verdict] = {}
    for some in batches(assignment_ids):
        wanted = (
            sa.select(Suggestion.id, Rating.result)
            .select_from(Rating)
            .join(Rating.reply)
            .join(Reply.assignment)
            .join(Assignment.suggestion)
            .where(Assignment.id.in_(some), Rating.deputy_id == Suggestion.lead_deputy_id, LATEST)
        )
        for number, said in db.session.execute(wanted):
            found[number] = max(found.get(number, said), said, key=list(Verdict).index)
    return found
