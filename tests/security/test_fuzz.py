"""Whatever is sent to whatever address by whomever: an answer that is no mistake of ours. More: `bench fuzz`."""

from __future__ import annotations

import pytest

from tests.security.city import ON, built
from tests.security.fuzzing import Fuzzer

REQUESTS = 1500


@pytest.fixture
def fuzzer(app, session, reader, stopped_clock) -> Fuzzer:
    stopped_clock(ON)
    city = built()
    visitors = {name: reader.signed_in_as(user) for name, user in city.users.items()}
    return Fuzzer(app, city, visitors, seed=20260305)


def test_requests_nobody_would_send_are_answered_plainly(fuzzer: Fuzzer) -> None:
    assert fuzzer.run(REQUESTS) == []
    assert fuzzer.asked["answers 2xx"] > REQUESTS / 10
