"""One suggestion with a lead and a co-handler; replies are read by the office before they are delivered."""

import pytest

from tests.handling.papers import ON
from tests.makers import a_case, with_reading_by


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(ON)
    made = a_case()
    with_reading_by("office", made.congress)
    return made


@pytest.fixture
def handler(case, reader):
    return reader.signed_in_as(case.handler)


@pytest.fixture
def office(case, reader):
    return reader.signed_in_as(case.clerk)
