"""Who is reached when an officer is absent: his substitute, for as long as he is away. Asked here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.database import db
from tracker.structure.models import Channel, Officer, Rank


@dataclass(frozen=True)
class Reached:
    """Who reads what is meant for an officer: himself, or his substitute. The body and rank are the officer's own."""

    id: int
    name: str
    email: str | None
    channel: Channel
    language: str
    body_id: int | None
    rank: Rank
    officer_id: int

    @property
    def stands_in(self) -> bool:
        return self.id != self.officer_id


def is_absent(on: date) -> sa.ColumnElement[bool]:
    """Away on this day, both ends included; without a last day until it is written down that he is back."""
    lasts = sa.or_(Officer.absent_until_on.is_(None), Officer.absent_until_on >= on)
    return sa.and_(Officer.absent_from_on <= on, lasts)


def reached_id(on: date) -> sa.ColumnElement[int]:
    """The id of the officer who reads what is meant for this one on a day.

    A substitute who has left reads nothing: then the letter goes to the absent officer as before, and is not lost.
    """
    other = aliased(Officer)
    able = sa.select(other.id).where(other.id == Officer.substitute_id, other.active.is_(True)).scalar_subquery()
    return sa.case((is_absent(on), sa.func.coalesce(able, Officer.id)), else_=Officer.id)


def reached(which: sa.ColumnElement[bool], on: date) -> list[Reached]:
    """Who reads on a day what is meant for the officers in office of a condition; one statement."""
    reader = aliased(Officer, name="reader")
    wanted = (
        sa.select(Officer.id, Officer.body_id, Officer.rank, reader)
        .join(reader, reader.id == reached_id(on))
        .where(which, Officer.active.is_(True))
        .order_by(Officer.body_id, Officer.id)
    )
    return [
        Reached(who.id, who.name, who.email, who.channel, who.language, body_id, rank, officer_id)
        for officer_id, body_id, rank, who in db.session.execute(wanted)
    ]


def reached_at(body_ids: Iterable[int], *ranks: Rank, on: date) -> list[Reached]:
    """Who reads what is meant for the officers of some bodies, those of certain ranks if any are named.

    Once for each reader and body: who stands in for a colleague gets one letter, not two.
    """
    at_them = Officer.body_id.in_(list(body_ids))
    found: dict[tuple[int, int | None], Reached] = {}
    for one in reached(sa.and_(at_them, Officer.rank.in_(ranks)) if ranks else at_them, on):
        found.setdefault((one.id, one.body_id), one)
    return list(found.values())


def reached_for(officer_ids: Sequence[int], on: date) -> dict[int, Reached]:
    """Who reads for each of these officers on a day; officers who have left are left out."""
    return {one.officer_id: one for one in reached(Officer.id.in_(officer_ids), on)}
