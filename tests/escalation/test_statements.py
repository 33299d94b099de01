"""A day's climbing takes the same statements however many clocks climb, and none of them is built anew."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.escalation.city import HANDED_OVER_ON, assigned, build, clock_of, owed
from tracker.database import db
from tracker.escalation.actions import raise_alarms
from tracker.escalation.models import Alarm, Told

NOON = datetime(2026, 6, 9, 4, tzinfo=UTC)
TODAY = date(2026, 6, 9)


@pytest.fixture
def city(session):
    return build()


def sent(act):
    """The statements an act sends, and what it answers."""
    heard = []
    listen = lambda _c, _cursor, statement, *_more: heard.append(statement)  # noqa: E731
    sa.event.listen(db.engine, "before_cursor_execute", listen)
    answer = act()
    sa.event.remove(db.engine, "before_cursor_execute", listen)
    return heard, answer


def climb(city, today=TODAY):
    db.session.flush()
    return sent(lambda: raise_alarms(city.congress, today, at=NOON))


def test_many_last_days_of_many_bodies_take_the_statements_of_one(city, session):
    owed(city)
    climb(city)
    few, raised = climb(city, TODAY + timedelta(days=1))
    assert raised.alarms == 0
    for body in ("roads", "schools", "court"):
        for day in range(12):
            clock_of(city, assigned(city, body), on=HANDED_OVER_ON - timedelta(days=day))
    many, raised = climb(city, TODAY + timedelta(days=2))
    assert raised.alarms > 100
    assert raised.told == session.scalar(
        sa.select(sa.func.count(Told.id)).where(Told.alarm.has(Alarm.raised_on > TODAY))
    )
    assert len(many) == len(few) + 3, "whom to tell, who else, and the history"
    assert len(many) <= 12
    assert max(map(len, many)) < 8_000, "rungs are handed in as one value, not written into the text"


def test_whoever_is_meant_by_two_words_is_told_once(city, session):
    """The head is away and the handler stands in: one line, not two."""
    handler, head = city.officers["roads handler"], city.officers["roads head"]
    head.absent_from_on, head.substitute_id = date(2026, 5, 1), handler.id
    owed(city)
    climb(city, date(2026, 6, 3))
    chase = sa.select(Told.officer_id).join(Alarm, Alarm.id == Told.alarm_id).where(Alarm.step == 2)
    assert list(session.scalars(chase)).count(handler.id) == 1
    assert head.id not in list(session.scalars(chase))
