"""The town every journey is told in."""

from contextlib import ExitStack

import pytest

from tests.journeys.lines import watched
from tests.journeys.town import Town, founded


@pytest.fixture
def town(app, session, reader, mail_sink) -> Town:
    with ExitStack() as days:
        yield founded(app, mail_sink, days, reader)


@pytest.fixture(autouse=True)
def every_form_leaves_a_line():
    """Whatever a journey does on a page, history or trail tells of it (tests/audit/test_watching.py says how)."""
    with watched() as seen:
        yield
    assert seen["silent"] == set()
