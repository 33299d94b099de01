"""Ratings beside the history that told of them: one that was altered in the database alone differs from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.feedback.models import Rating
from tracker.handling.models import Reply
from tracker.suggestion.models import Entry

TOLD_BY = ("rate_reply", "change_rating", "rate_beside")
BATCH = 2_000


def untold() -> Iterator[tuple[int, int]]:
    """Suggestion and assignment where what is stored of the ratings is not what the history says was given."""
    last = 0
    while batch := _next(last):
        first, last = batch[0].id, batch[-1].id
        stored, told = _stored(first, last), _told(first, last)
        yield from ((one.suggestion_id, one.id) for one in batch if stored.get(one.id) != told.get(one.id))


def _next(last: int) -> list[Any]:
    wanted = sa.select(Assignment.id, Assignment.suggestion_id).where(Assignment.id > last)
    return list(db.session.execute(wanted.order_by(Assignment.id).limit(BATCH)))


def _stored(first: int, last: int) -> dict[int, Counter[Any]]:
    wanted = sa.select(Reply.assignment_id, Rating.on, Rating.attitude, Rating.result, Rating.channel)
    rows = db.session.execute(wanted.join(Rating.reply).where(Reply.assignment_id.between(first, last)))
    return _counted((row[0], row[1], *(str(one) if one else None for one in row[2:])) for row in rows)


def _told(first: int, last: int) -> dict[int, Counter[Any]]:
    wanted = sa.select(Entry.assignment_id, Entry.on, Entry.facts)
    rows = db.session.execute(wanted.where(Entry.assignment_id.between(first, last), Entry.move.in_(TOLD_BY)))
    return _counted(
        (key, on, *(facts.get(name) for name in ("attitude", "result", "channel"))) for key, on, facts in rows
    )


def _counted(rows: Iterator[tuple[Any, ...]]) -> dict[int, Counter[Any]]:
    found: dict[int, Counter[Any]] = {}
    for assignment_id, *said in rows:
        found.setdefault(assignment_id, Counter())[tuple(said)] += 1
    return found
