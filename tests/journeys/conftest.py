"""The town every journey is told in."""

from contextlib import ExitStack

import pytest

from tests.journeys.town import Town, founded


@pytest.fixture
def town(app, session, reader, mail_sink) -> Town:
    with ExitStack() as days:
        yield founded(app, mail_sink, days, reader)
