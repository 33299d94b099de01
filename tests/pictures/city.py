"""A city whose open item-bodies lie in many bands, and the straight counts of what pictures show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from tests.escalation.city import HANDED_OVER_ON, City, add, build, owed
from tracker import clock
from tracker.bulletin import actions as bulletin
from tracker.bulletin.models import Issue
from tracker.bulletin.rules import week_of
from tracker.database import db
from tracker.people.models import User
from tracker.roles import Role
from tracker.signals.models import Signal

MONDAY = date(2026, 6, 15)  # the replies handed over on 2026-03-02 were due on 2026-06-02
_numbers = count(1)
STRAIGHT = """
    SELECT count(*) FROM deadline d JOIN assignment a ON a.id = d.assignment_id JOIN body b ON b.id = a.body_id
    JOIN suggestion s ON s.id = a.suggestion_id
    WHERE d.kind IN ('reply', 'reply_extended', 'rehandle') AND d.met_on IS NULL AND d.voided_on IS NULL AND {which}
"""


@dataclass
class Drawn:
    city: City

    def user(self, role: Role, body: str | None = None) -> User:
        of = {"body_id": self.city.body(body).id if body else None, "congress_id": self.city.congress.id}
        made = add(
            User(email=f"{role}{next(_numbers)}@city.example", name=str(role), role=role, created_at=clock.now(), **of)
        )
        db.session.commit()
        return made

    def owing(self, body: str, *, first: date, now: date | None = None, **facts: Any) -> Any:
        """A reply that was due first on a day, and is due now on that or a later one."""
        clock_of = owed(self.city, body, **facts)
        clock_of.original_due_on, clock_of.due_on = first, now or first
        db.session.flush()
        return clock_of

    def signed(self, of: Any, kind: str) -> Signal:
        """A sign that was raised of a body's part of a suggestion."""
        about = {"suggestion_id": of.suggestion_id, "assignment_id": of.id, "body_id": of.body_id}
        return add(
            Signal(
                congress_id=of.congress_id, kind=kind, thing_id=of.id, facts={}, raised_on=MONDAY,
                raised_at=clock.now(), **about,
            )
        )  # fmt: skip

    def frozen(self, on: date = MONDAY) -> Issue:
        with clock.at(on):
            made = bulletin.freeze(self.city.congress, week_of(on), on=on, at=clock.now())
            db.session.commit()
        return made


def straight(which: str, **values: Any) -> int:
    """Counted over the base tables in plain SQL, never through the application's own queries."""
    days = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return db.session.execute(sa.text(STRAIGHT.format(which=which)), days).scalar_one()


def a_city() -> Drawn:
    """Of roads one long over, one over, one past its first day only; of schools one in time, one internal and over; of
    the court one over."""
    drawn = Drawn(build())
    drawn.owing("roads", first=MONDAY - timedelta(days=40), title="路灯太暗")
    drawn.owing("roads", first=MONDAY - timedelta(days=3), title="道路不平", key=True)
    drawn.owing("roads", first=MONDAY - timedelta(days=12), now=MONDAY + timedelta(days=60), title="公交太少")
    drawn.owing("schools", first=MONDAY + timedelta(days=90), title="学位不足")
    drawn.owing("schools", first=MONDAY - timedelta(days=5), title="内部事项", internal=True)
    drawn.owing("court", first=MONDAY - timedelta(days=1), title="执行太慢")
    db.session.commit()
    return drawn


__all__ = ["HANDED_OVER_ON", "MONDAY", "Drawn", "a_city", "straight"]
