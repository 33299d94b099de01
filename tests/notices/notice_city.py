"""The ladder's small city with what is needed to write notices: a clerk, drafts, and an issued one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.escalation.city import City, owed
from tests.makers import a_user
from tracker.actor import Actor
from tracker.database import db
from tracker.escalation.actions import raise_alarms
from tracker.notices import actions, climbed, queries
from tracker.notices.models import Notice
from tracker.people.models import User
from tracker.roles import Role

# The reply is due on Tuesday 2 June 2026; the third step lies five working days after, the fifth twenty.
THIRD, FOURTH, FIFTH = date(2026, 6, 9), date(2026, 6, 16), date(2026, 7, 1)
ANSWER_BY = date(2026, 6, 24)
BODY = Actor("user", None, "林承办")


def climb(city: City, today: date) -> None:
    raise_alarms(city.congress, today, at=datetime(2026, 6, 1, 4, tzinfo=UTC))
    db.session.flush()


def clerk_of(city: City) -> User:
    return a_user(city.congress, Role.OFFICE_CLERK)


def late(city: City, today: date = THIRD, body: str = "roads", times: int = 1, **facts: Any) -> User:
    """So many replies of a body are late by the day; answers the office's clerk."""
    for _number in range(times):
        owed(city, body, **facts)
    climb(city, today)
    return clerk_of(city)


def drafts(clerk: User, on: date = THIRD, answer_by_on: date = ANSWER_BY) -> list[Notice]:
    """All that can be drafted, drafted."""
    by = clerk.actor()
    return [actions.draft(one, answer_by_on=answer_by_on, by=by, on=on) for one in climbed.groups(clerk)]


def an_issued(city: City, clerk: User | None = None, **facts: Any) -> tuple[Notice, User]:
    clerk = clerk or late(city, **facts)
    [made] = drafts(clerk)
    actions.issue(made, by=clerk.actor(), on=THIRD)
    db.session.flush()
    return queries.of_id(made.id), clerk
