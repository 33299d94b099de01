"""PostgreSQL goes away in every way while people work: a clear page, no half write, nothing doubled, back by itself."""

import random

import pytest

from tests.databases import missing_postgresql
from tests.drills.away import away_often, reached_by_relay

ROUNDS = 5  # `python3 start.py bench away` goes round two hundred times, and is away for a minute


@pytest.mark.postgres
@pytest.mark.skipif(bool(missing_postgresql()), reason=missing_postgresql())
def test_the_database_goes_away(tmp_path):
    with reached_by_relay(tmp_path) as (given, trouble):
        told = away_often(given, trouble, rounds=ROUNDS, chance=random.Random(3), longest=0.5)
    assert told["acts saved"] > 0
    assert told["COMMITs lost"] > 0
