"""The register's further filters: how it was answered and rated, what was promised, whose it is, and when it came."""

from datetime import date

import pytest

from tests.register.city import CLERK, HANDED_OVER_ON, build
from tests.register.test_list import numbers
from tests.register.test_search import TODAY, answered
from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.feedback import actions as feedback
from tracker.feedback.models import RatingChannel, Verdict
from tracker.handling.actions import deliver
from tracker.roles import Role
from tracker.structure import actions as structure


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(TODAY)
    return build()


@pytest.fixture
def clerk(city, reader):
    return reader.signed_in_as(city.user(Role.OFFICE_CLERK))


def test_further_filters_narrow_the_list(city, clerk):
    promise = {"what": "年底前建成", "owner": "交通局", "due_on": "2026-05-01"}
    late, own, reply = answered(city, "甲", "已经采纳。", promises=[promise])
    deliver(reply, own, by=CLERK, on=HANDED_OVER_ON, tell=False)
    rating = {"channel": RatingChannel.LINK, "by": CLERK, "on": date(2026, 3, 20), "tell": False}
    feedback.rate(reply, city.deputy, Verdict.SATISFIED, Verdict.MOSTLY, "", **rating)
    other = structure.add_delegation(city.congress.id, "城西代表团", liaison_name="刘联络", by=SYSTEM, at=clock.now())
    deputy = structure.add_deputy(
        city.congress.id, "李建国", delegation_id=other.id, card_number="8", by=SYSTEM, at=clock.now()
    )
    west = city.record("乙", lead_deputy_id=deputy.id)
    theirs = city.record("丙", lead_deputy_id=None, delegation_id=other.id)
    db.session.commit()
    found = lambda **asked: set(numbers(clerk.read("register.index", **asked)))  # noqa: E731
    every = {late.number, west.number, theirs.number}
    assert found(outcome="solved") == {late.number}
    assert found(outcome="planned") == set()
    assert found(rating="mostly") == {late.number}
    assert found(rating="satisfied") == set()
    assert found(promise="open") == {late.number}
    assert found(promise="overdue") == {late.number}
    assert found(deputy="李建国") == found(deputy="ljg") == {west.number}
    assert found(delegation=other.id) == {west.number, theirs.number}
    assert found(since="2026-03-02") == found(until="2026-03-02") == every
    assert found(since="2026-03-03") == found(until="2026-03-01") == set()
    assert found(outcome="x", rating="y", promise="z", delegation="99", since="no day", until="1") == every
