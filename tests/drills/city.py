"""The city of the drills: two hundred days of clocks, and as many readers as are wanted."""

from __future__ import annotations

from datetime import date, timedelta

from tests.escalation.city import City, add, build, owed
from tracker.database import db
from tracker.structure.models import Officer, Rank

FIRST_DAY = date(2026, 3, 2)
BODIES = ("roads", "schools", "court")


def fill(*, clocks: int = 30, readers: int = 0) -> City:
    """Replies owed by three bodies, handed over in the first weeks; and further handlers, each a reader of the week."""
    city = build()
    for number in range(clocks):
        body = BODIES[number % len(BODIES)]
        named = f"2026-{number + 1:03d}"
        clock = owed(city, body, number=named, number_key=named, title=f"关于路灯的建议 {named}")
        clock.started_on = FIRST_DAY + timedelta(days=number % 7)
        clock.due_on = clock.original_due_on = clock.unrolled_on = FIRST_DAY + timedelta(days=20 + 3 * number % 90)
    for number in range(readers):
        body_id = city.body(BODIES[number % len(BODIES)]).id
        person = {"name": f"handler {number}", "email": f"handler{number}@city.example", "language": "en"}
        add(Officer(congress_id=city.congress.id, body_id=body_id, rank=Rank.HANDLER, **person))
    db.session.commit()
    return city
