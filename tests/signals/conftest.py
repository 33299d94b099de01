"""The world of these tests, on the day they speak of."""

import pytest

from tests.signals.world import TODAY, World


@pytest.fixture
def world(session, stopped_clock):
    stopped_clock(TODAY)
    return World()
