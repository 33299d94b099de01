"""Two hosts on one PostgreSQL under load, some of it killed, the server restarted: nothing saved is lost or doubled."""

import random

import pytest

from tests.databases import missing_postgresql
from tests.drills.many import drill

BLOWS = 3  # `python3 start.py bench many` strikes sixty times


@pytest.mark.postgres
@pytest.mark.skipif(bool(missing_postgresql()), reason=missing_postgresql())
def test_hosts_share_the_work_and_lose_nothing():
    told = drill(blows=BLOWS, pause_seconds=0.7, clerks=2, chance=random.Random(8))
    assert told["saved"] > 0
    assert told["database restarted"] == 1
    nothing = ("lost", "doubled", "without its file", "never answered", "letters lost")
    assert {name: told[name] for name in nothing} == dict.fromkeys(nothing, 0)
    assert told["letters twice without a kill in between"] == 0
    assert told["slots twice"] == told["slots never done"] == told["unsound"] == []
