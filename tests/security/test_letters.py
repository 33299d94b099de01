"""One letter, one reader: whatever stands in titles and address books. A thousand of them: `bench attacks`."""

from __future__ import annotations

import pytest

from tests.security.city import ON
from tests.security.letters import BAD, BAD_AT, TITLES, faults, write
from tracker.database import db
from tracker.mail.models import Letter, LetterState, Stopped


@pytest.mark.engines("sqlite")
def test_letters_are_what_they_are_and_a_bad_one_stops_nobody(app, session, mail_sink) -> None:
    count = max(len(TITLES), len(BAD) * BAD_AT)
    expected = write(app, count)
    assert faults(app, mail_sink, expected, ON) == []
    stopped = db.session.query(Letter).filter(Letter.state != LetterState.SENT).all()
    assert len(stopped) == count - len(expected)
    assert {one.stopped for one in stopped if one.state is LetterState.FAILED} <= {Stopped.ADDRESS}
