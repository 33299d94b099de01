"""The office on the day of the hand-over; whatever a test does, the doctor must find nothing afterwards."""

import pytest

from tests.dispatch.office import DAY_0, an_office
from tracker.care.doctor import examine


@pytest.fixture
def sound(session, stopped_clock):
    """The doctor looks at the end; nobody carries letters here, so they wait."""
    yield
    session.flush()
    found = [one for one in examine() if one.kind != "letters_stuck"]
    assert [(one.kind, one.message, one.values) for one in found] == []


@pytest.fixture
def office(session, stopped_clock):
    stopped_clock(DAY_0)
    return an_office()


@pytest.fixture
def henan(session, stopped_clock):
    """The reply counts from the receipt, a return is asked within ten working days of the hand-over."""
    stopped_clock(DAY_0)
    return an_office("henan-2017")
