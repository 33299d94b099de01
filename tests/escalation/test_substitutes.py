"""The ladder and its digests reach the substitute of whoever is away."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.escalation.city import build, owed
from tests.escalation.test_digest import day, letters
from tests.escalation.test_ladder import STEPS
from tracker import clock
from tracker.escalation import jobs
from tracker.escalation.models import Told
from tracker.people.models import Link


@pytest.fixture
def city(session):
    return build()


def away(city, name, other, **days):
    officer = city.officers[name]
    officer.absent_from_on, officer.absent_until_on = days.get("first", date(2026, 1, 1)), days.get("last")
    officer.substitute_id = city.officers[other].id


def test_a_step_is_told_to_the_substitute_with_a_link_for_the_body_meant(city, session):
    owed(city)
    away(city, "roads handler", "schools handler")
    assert day(STEPS[0]) == 1
    assert set(letters(city, session)) == {"schools handler"}
    assert session.scalars(sa.select(Told.officer_id)).one() == city.officers["schools handler"].id
    assert session.scalars(sa.select(Link.body_id)).one() == city.body("roads").id


def test_who_stands_in_for_a_colleague_gets_one_digest_for_both(city, session):
    owed(city)
    owed(city, "schools")
    away(city, "roads handler", "schools handler")
    assert day(STEPS[0]) == 1
    assert letters(city, session)["schools handler"].body_text.count("/links/") == 2


def test_who_is_back_reads_for_himself(city, session):
    owed(city)
    away(city, "roads handler", "schools handler", last=date(2026, 3, 1))
    day(STEPS[0])
    assert set(letters(city, session)) == {"roads handler"}


def test_who_left_between_alarm_and_digest_is_read_for(city, session):
    owed(city)
    with clock.at(STEPS[0]):
        jobs.raise_alarms(STEPS[0])
        away(city, "roads handler", "schools handler")
        session.flush()
        jobs.send_digests(STEPS[0])
    letter = letters(city, session)["roads handler"]
    assert letter.to_address == city.officers["schools handler"].email
