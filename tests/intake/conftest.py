from __future__ import annotations

import pytest

from tests.intake.made import ON, Made, made


@pytest.fixture
def office(session, stopped_clock) -> Made:
    """Four deputies and a clerk on 5 March."""
    stopped_clock(ON)
    there = made()
    session.commit()
    return there
